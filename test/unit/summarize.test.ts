import { describe, expect, it } from 'vitest'
import { summarize } from '../../src/analysis/summarize.ts'
import type { AuditFindings } from '../../src/model/audit.ts'
import type { Delivery } from '../../src/model/delivery.ts'
import type { Observation } from '../../src/model/observation.ts'
import { livePhase } from '../support/plans.ts'
import { attemptOf, evenDeliveries, partOf, recordedRun } from '../support/recorded.ts'

const [one, two, three] = evenDeliveries(3, 100) as [Delivery, Delivery, Delivery]

describe('latency', () => {
  it('is counted from the due moment with all waits, and from dispatch without them', () => {
    const waited = attemptOf(one, { slotWaitMs: 30, pumpLagMs: 2, latencyMs: 8 })
    const { fromDue, fromSend } = summarize(recordedRun([one], [waited])).summary.latencyMs
    expect([fromDue.max, fromSend.max]).toEqual([40, 8])
  })

  it('leaves out what was first due in the warm-up of the main phase, though it is counted', () => {
    const deliveries = evenDeliveries(20, 100)
    const run = recordedRun(
      deliveries,
      deliveries.map((each) => attemptOf(each)),
      { plan: { warmUpMs: 500 } },
    )
    const { latencyMs, counts } = summarize(run).summary
    expect([latencyMs.fromDue.count, latencyMs.fromSend.count, latencyMs.toAcceptance.count]).toEqual([15, 15, 15])
    expect(counts.acked).toBe(20)
  })

  it('counts a timeout at its deadline however late squall looked, and says that it is censored', () => {
    const timeout = attemptOf(one, { class: 'timeout', status: 0, ambiguous: true, next: 'exhausted', latencyMs: 5230 })
    const { fromSend } = summarize(recordedRun([one], [timeout])).summary.latencyMs
    expect([fromSend.max, fromSend.censored, fromSend.byClass?.timeout?.censored]).toEqual([5000, 1, 1])
  })

  it('shows each class apart, so that quick errors do not flatter', () => {
    const error = attemptOf(two, { class: '5xx', status: 500, next: 'exhausted', latencyMs: 1 })
    const { fromSend } = summarize(recordedRun([one, two], [attemptOf(one), error])).summary.latencyMs
    expect(Object.keys(fromSend.byClass ?? {})).toEqual(['2xx', '5xx'])
    expect([fromSend.byClass?.['2xx']?.max, fromSend.byClass?.['5xx']?.max]).toEqual([10, 1])
  })

  it('to acceptance goes from the first due moment over all retries', () => {
    const refused = attemptOf(one, { class: '5xx', status: 503, next: 'retry', retryAtMs: 1000 })
    const accepted = attemptOf(one, { attempt: 2, attemptDueMs: 1000, slotWaitMs: 5, latencyMs: 20 })
    const { toAcceptance } = summarize(recordedRun([one], [refused, accepted])).summary.latencyMs
    expect([toAcceptance.count, toAcceptance.max]).toEqual([1, 1025])
  })

  it('of connecting counts new connections alone', () => {
    const attempts = [attemptOf(one, { connectMs: 3 }), attemptOf(two)]
    const { connect } = summarize(recordedRun([one, two], attempts)).summary.latencyMs
    expect([connect.count, connect.max]).toEqual([1, 3])
  })
})

describe('outcomes', () => {
  it('are counted by class and status, and server errors as a share of attempts', () => {
    const attempts = [
      attemptOf(one, { class: '5xx', status: 503, next: 'retry', retryAtMs: 50 }),
      attemptOf(one, { attempt: 2, attemptDueMs: 50 }),
      attemptOf(two, { class: '4xx', status: 422, next: 'rejected' }),
      attemptOf(three, { class: 'refused', status: 0, next: 'exhausted' }),
    ]
    const { classes, statuses, serverErrorRatio, successRatio } = summarize(
      recordedRun([one, two, three], attempts),
    ).summary
    expect(classes).toMatchObject({ '2xx': 1, '4xx': 1, '5xx': 1, refused: 1, timeout: 0 })
    expect(statuses).toEqual({ 200: 1, 422: 1, 503: 1 })
    expect(serverErrorRatio).toBe(0.25)
    expect(successRatio).toEqual({ firstAttempt: 0, final: 1 / 3 })
  })

  it('of retries say how many were accepted and how late they left', () => {
    const attempts = [
      attemptOf(one, { class: '5xx', status: 503, next: 'retry', retryAtMs: 50 }),
      attemptOf(one, { attempt: 2, attemptDueMs: 50, pumpLagMs: 1.5, slotWaitMs: 2 }),
      attemptOf(two),
    ]
    expect(summarize(recordedRun([one, two], attempts)).summary.retries).toEqual({
      scheduled: 1,
      byAttempt: [
        { attempt: 1, sent: 2, acked: 1 },
        { attempt: 2, sent: 1, acked: 1 },
      ],
      recovered: 1,
      delayErrorMs: { p50: null, p99: null, max: 3.5 },
      amplification: 1.5,
    })
  })

  it('without any attempt give ratios that are unknown, not zero', () => {
    const { serverErrorRatio, successRatio, latencyMs } = summarize(recordedRun([one], [])).summary
    expect([serverErrorRatio, successRatio.final, latencyMs.fromDue.max]).toEqual([null, null, null])
  })
})

describe('series', () => {
  it('puts what is due, sent and answered into the second of each', () => {
    const late = { ...one, dueMs: 900 }
    const attempt = attemptOf(late, { slotWaitMs: 200, latencyMs: 1000 })
    const { series } = summarize(recordedRun([late], [attempt])).summary
    expect(series.map(({ due, sent, acked, inFlight }) => [due, sent, acked, inFlight])).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 1],
      [0, 0, 1, 0],
    ])
    expect(series[2]).toMatchObject({ atS: 2, maxMs: 1200, phase: 'drain' })
    expect(series[1]).toMatchObject({ slotWaitMaxMs: 200, p50Ms: null })
  })

  it('of a run of hours has longer steps, at most 3 600 of them, and loses nothing', () => {
    const deliveries = evenDeliveries(4000, 4000)
    const attempts = deliveries.map((each) => attemptOf(each))
    const { series } = summarize(recordedRun(deliveries, attempts)).summary
    expect(series.length).toBeLessThanOrEqual(3600)
    expect(series[1]?.atS).toBe(8)
    expect(series.reduce((sum, row) => sum + row.acked, 0)).toBe(4000)
    expect(series.reduce((sum, row) => sum + row.due, 0)).toBe(4000)
  })

  it('names every phase that a second is part of', () => {
    const phases = [
      livePhase(3, 1, { name: 'live' }),
      livePhase(0, 1, { name: 'replay', startMs: 1000, durationMs: 1000 }),
    ]
    const { series } = summarize(recordedRun([one], [attemptOf({ ...one, dueMs: 1500 })], { plan: { phases } })).summary
    expect(series.map((row) => row.phase)).toEqual(['live', 'live + replay'])
  })
})

describe('rate', () => {
  it('is what was due and what was first sent within the phases', () => {
    const deliveries = evenDeliveries(20, 100)
    const attempts = deliveries.map((each) => attemptOf(each, { slotWaitMs: each.seq < 15 ? 0 : 1000 }))
    const run = recordedRun(deliveries, attempts, { plan: { phases: [livePhase(20, 10)] } })
    expect(summarize(run).summary.rate).toEqual({ targetPerSecond: 10, achievedPerSecond: 7.5, acceptedPerSecond: 7.5 })
  })
})

describe('the generator’s timing', () => {
  const deliveries = evenDeliveries(50, 10)
  const sample = (atMs: number, loopDelayMaxMs = 1): Observation => {
    return { kind: 'sample', atMs, loopDelayMaxMs, cpuRatio: 0.5, rssMb: 100, inFlight: 1, overdue: 0 }
  }
  const timing = (changes: Parameters<typeof attemptOf>[1], samples: readonly Observation[] = [sample(1000)]) => {
    const attempts = deliveries.map((each) => attemptOf(each, changes))
    return summarize(recordedRun(deliveries, [...attempts, ...samples])).summary.generator
  }

  it('is sound when nothing was late, and a target that fills all slots does not change that', () => {
    expect(timing({ slotWaitMs: 4000 })).toMatchObject({
      timing: 'sound',
      reasons: [],
      loopDelayMaxMs: 1,
      cpuRatio: 0.5,
    })
  })

  it.each([
    ['the pump lagged', { pumpLagMs: 21 }, undefined, '50 of 50 attempts (100.0 %) left more than 20 ms'],
    [
      'this machine failed',
      { class: 'local' as const, status: 0, next: 'exhausted' as const },
      undefined,
      '50 attempts failed',
    ],
    ['the loop was held up', {}, [sample(1000), sample(2000, 150)], 'in 1 of 2 seconds (longest: 150 ms)'],
    ['the loop stood still', {}, [sample(1000), sample(2000, 1500)], 'held up for 1500 ms'],
    ['samples are missing', {}, [sample(1000), sample(6000)], 'no sign of life for 5000 ms'],
  ])('is doubtful when %s, and says by how much', (_, changes, samples, reason) => {
    const generator = timing(changes, samples)
    expect(generator.timing).toBe('doubtful')
    expect(generator.reasons).toHaveLength(1)
    expect(generator.reasons[0]).toContain(reason)
  })

  it('is not known where the engine took no samples', () => {
    expect(timing({}, [])).toMatchObject({ loopDelayMaxMs: null, cpuRatio: null })
  })
})

describe('repeats', () => {
  const copy = (seq: number): Delivery => ({ ...one, seq, copy: 'duplicate', dueMs: seq * 10 })

  it('are deliveries of a message that an earlier or simultaneous one carried', () => {
    const racing = { ...copy(1), dueMs: 0 }
    const { repeats } = summarize(recordedRun([one, racing], [attemptOf(one), attemptOf(racing)]))
    expect(repeats).toMatchObject({ sent: 1, acked: 1, refused: { count: 0 } })
  })

  it('are refused by a status of the endpoint’s choice, not by overload, server errors or silence', () => {
    const ended = (seq: number, status: number, outcome: '4xx' | '5xx' | 'refused', next: 'rejected' | 'exhausted') =>
      attemptOf(copy(seq), { class: outcome, status, next })
    const attempts = [
      attemptOf(one),
      ended(1, 409, '4xx', 'rejected'),
      ended(2, 429, '4xx', 'exhausted'),
      ended(3, 503, '5xx', 'exhausted'),
      ended(4, 0, 'refused', 'exhausted'),
      ended(5, 423, '4xx', 'exhausted'),
    ]
    const { repeats } = summarize(recordedRun([one, ...[1, 2, 3, 4, 5].map(copy)], attempts))
    expect(repeats.sent).toBe(5)
    expect(repeats.refused).toEqual({
      count: 2,
      examples: [
        { index: 0, status: 409 },
        { index: 0, status: 423 },
      ],
    })
  })

  it('of what was never taken are refused for what they are, not for coming again', () => {
    const refused = { class: '4xx', status: 413, next: 'rejected' } as const
    const { repeats } = summarize(recordedRun([one, copy(1)], [attemptOf(one, refused), attemptOf(copy(1), refused)]))
    expect(repeats).toMatchObject({ sent: 1, acked: 0, refused: { count: 0, examples: [] } })
  })

  it('tell the longest time between two acks of one message', () => {
    const deliveries = [one, copy(1), copy(2)]
    const attempts = deliveries.map((each, i) => attemptOf(each, { latencyMs: i * 1000 }))
    expect(summarize(recordedRun(deliveries, attempts)).repeats.spanMaxMs).toBe(2020)
  })
})

describe('what was refused', () => {
  it('is a message of which a delivery ended rejected and none was acked', () => {
    const again: Delivery = { ...one, seq: 3, copy: 'duplicate', dueMs: 300 }
    const rejected = { class: '4xx', status: 400, next: 'rejected' } as const
    const attempts = [attemptOf(one, rejected), attemptOf(two, rejected), attemptOf(three), attemptOf(again)]
    const { standings } = summarize(recordedRun([one, two, three, again], attempts))
    expect(standings.refused).toEqual({ count: 1, examples: [{ index: 1, status: 400, attempts: 1 }] })
    expect([0, 1, 2].map((index) => standings.refusedSet.has(index))).toEqual([false, true, false])
  })
})

describe('what happened on the way', () => {
  it('is told in order of time, and phases are not worth a note', () => {
    const marks: Observation[] = [
      { kind: 'mark', atMs: 2000, mark: 'trouble', text: 'the disk is full' },
      { kind: 'mark', atMs: 1000, mark: 'stopped', text: 'SIGINT' },
      { kind: 'mark', atMs: 0, mark: 'phase', text: 'live' },
    ]
    const facts = summarize(recordedRun([one], [...marks, attemptOf(one)]))
    expect(facts.notes).toEqual([
      { atS: 1, text: 'stopped by SIGINT: nothing more was started' },
      { atS: 2, text: 'the disk is full' },
    ])
    expect(facts.signal).toBe('SIGINT')
  })

  it('shows answers with the message that each was about', () => {
    const { lane, seq } = one
    const answer: Observation = {
      kind: 'answer',
      atMs: 10,
      lane,
      seq,
      attempt: 1,
      class: '4xx',
      status: 400,
      text: 'no',
    }
    const attempt = attemptOf(one, { class: '4xx', status: 400, next: 'rejected' })
    const { answers, unacked } = summarize(recordedRun([one], [attempt, answer]))
    expect(answers).toEqual([{ atS: 0.01, messageId: 'message-0', attempt: 1, class: '4xx', status: 400, text: 'no' }])
    expect([...unacked()]).toEqual([
      { lane: 0, seq: 0, index: 0, size: 1, end: 'rejected', lastStatus: 400, attempts: 1 },
    ])
  })

  it('says of a writer that was cut off what follows from it', () => {
    const facts = summarize(recordedRun([one], [attemptOf(one)], { ended: false }))
    expect([facts.ended, facts.complete, facts.endedAtMs]).toEqual([false, false, 10])
    expect(facts.notes[0]?.text).toContain('w0 was cut off')
  })

  it('says of lanes without a file that nothing of them was sent', () => {
    const other = { ...two, lane: 1, seq: 0 }
    const facts = summarize(recordedRun([one, other], [attemptOf(one)], { plan: { lanes: 2 } }))
    expect(facts.summary.counts).toMatchObject({ acked: 1, notSent: 1 })
    expect(facts.notes[0]?.text).toBe('1 of 2 lanes have no ledger file: nothing of them was sent')
  })

  it('leaves out attempts that cannot be of the plan, and says so', () => {
    const strays = [attemptOf({ ...one, lane: 7 }), attemptOf({ ...one, index: 1e9 }), attemptOf({ ...one, phase: 9 })]
    const facts = summarize(recordedRun([one], [attemptOf(one), ...strays, attemptOf({ ...one, seq: 4e9 })]))
    expect(facts.summary.counts).toMatchObject({ planned: 1, acked: 1, attempts: 1 })
    expect(facts.notes[0]?.text).toBe('4 attempts on record are none of the plan’s and left out')
  })

  it('adds up what the writers say of their connections; without a word nothing is known', () => {
    const tls = { tls: 'TLSv1.3', tlsHandshakes: 2, tlsResumed: 1 }
    const stats = { opened: 2, reused: 8, closedByPeer: 1, max: 2, httpVersion: '1.1', ...tls }
    const end: Observation = { kind: 'end', atMs: 1, complete: true, connections: stats }
    const run = recordedRun([one], [attemptOf(one)])
    const facts = summarize({ ...run, parts: [...run.parts, partOf([end], 'w1'), partOf([end], 'w2')] })
    const sums = { opened: 4, reused: 16, closedByPeer: 2, max: 4, tlsHandshakes: 4, tlsResumed: 2 }
    expect(facts.summary.connections).toEqual({ ...stats, ...sums })
    expect(summarize(run).summary.connections.opened).toBeNull()
  })

  it('takes the last audit on record, and an audit does not lengthen the run', () => {
    const audit = (records: number) =>
      partOf(
        [
          { kind: 'audit', findings: { records } as AuditFindings },
          { kind: 'end', atMs: 9e9, complete: true },
        ],
        `audit-${records}`,
        [],
      )
    const run = recordedRun([one], [attemptOf(one)])
    const facts = summarize({ ...run, parts: [audit(1), ...run.parts, audit(2)] })
    expect(facts.findings?.records).toBe(2)
    expect(facts.endedAtMs).toBe(60_000)
  })
})
