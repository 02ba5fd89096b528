import { describe, expect, it } from 'vitest'
import { summarize } from '../../src/analysis/summarize.ts'
import { ATTEMPT_BYTES, decodeAttempt, encodeAttempt } from '../../src/ledger/attempt-codec.ts'
import type { Delivery } from '../../src/model/delivery.ts'
import { failedNdjson } from '../../src/report/failed-ndjson.ts'
import { livePhase } from '../support/plans.ts'
import { attemptOf, recordedRun } from '../support/recorded.ts'

/** Nine messages over three lanes, in batches of up to three: lane 1's carries 1, 4 and 7. */
const plan = { lanes: 3, phases: [livePhase(9, 9)] }
const batch: Delivery = { lane: 1, seq: 0, phase: 0, index: 1, size: 3, copy: 'first', dueMs: 100 }
const again: Delivery = { ...batch, seq: 1, copy: 'duplicate', dueMs: 300 }
const MEMBERS = [1, 4, 7]

function facts(deliveries: readonly Delivery[], attempts: Parameters<typeof recordedRun>[1], withSchedule = true) {
  const recorded = recordedRun(deliveries, attempts, { plan })
  return summarize(withSchedule ? recorded : { ...recorded, schedule: null })
}

describe('a batch in the accounts', () => {
  it('is one delivery, and each of its messages is acked with it', () => {
    for (const withSchedule of [true, false]) {
      const { summary, standings } = facts([batch], [attemptOf(batch)], withSchedule)
      expect(summary.counts).toMatchObject({ planned: 1, sent: 1, acked: 1, messages: 3, copies: { first: 1 } })
      expect(Array.from({ length: 9 }, (_, i) => i).filter((i) => standings.must.has(i))).toEqual(MEMBERS)
      for (const index of MEMBERS) expect(standings.ackedAtMs[index]).toBe(110)
    }
  })

  it('that is refused refuses each of its messages, unless another copy brought them in', () => {
    const refusal = { class: '4xx', status: 413, next: 'rejected' } as const
    const refused = facts([batch], [attemptOf(batch, refusal)]).standings.refused
    expect(refused.count).toBe(3)
    expect(refused.examples.map(({ index }) => index)).toEqual(MEMBERS)
    expect(facts([batch, again], [attemptOf(batch, refusal), attemptOf(again)]).standings.refused.count).toBe(0)
  })

  it('is a repeat only when all that it carries was carried before', () => {
    const part: Delivery = { ...batch, size: 2 }
    const rest: Delivery = { ...again, copy: 'first' }
    expect(facts([batch], [attemptOf(batch)]).repeats.sent).toBe(0)
    expect(facts([part, rest], [attemptOf(part), attemptOf(rest)]).repeats.sent).toBe(0)
  })

  it('that comes again is one repeat, with the time between its two acks', () => {
    const { repeats } = facts([batch, again], [attemptOf(batch), attemptOf(again)])
    expect(repeats).toMatchObject({ sent: 1, acked: 1, spanMaxMs: 200 })
  })

  it('that nobody answered may exist, all of it', () => {
    const silence = { class: 'timeout', status: 0, ambiguous: true, next: 'exhausted' } as const
    const { standings } = facts([batch], [attemptOf(batch, silence)])
    expect(MEMBERS.map((index) => [standings.may.has(index), standings.must.has(index)])).toEqual(
      MEMBERS.map(() => [true, false]),
    )
  })

  it('with a message that the plan does not have is no attempt of this plan', () => {
    const { summary, notes } = facts([batch], [attemptOf({ ...batch, size: 4 })])
    expect(summary.counts).toMatchObject({ attempts: 0, notSent: 1 })
    expect(notes.map(({ text }) => text)).toContainEqual(expect.stringContaining('1 attempts on record are none'))
  })

  it('that failed is one line, with its first message and how many it carried', () => {
    const { unacked } = facts([batch], [])
    expect([...failedNdjson(unacked(), String)].map((line) => JSON.parse(line))).toEqual([
      { messageId: '1', batch: 3, lane: 1, seq: 0, end: 'notSent', lastStatus: 0, attempts: 0 },
    ])
  })
})

describe('an attempt on record', () => {
  const view = new DataView(new ArrayBuffer(ATTEMPT_BYTES))

  it('of a batch keeps how many messages it carried', () => {
    encodeAttempt(attemptOf({ ...batch, size: 4000 }), view, 0)
    expect(decodeAttempt(view, 0)?.size).toBe(4000)
  })

  it('of a time without batches carried one, whatever stands where the size stands now', () => {
    encodeAttempt(attemptOf({ ...batch, size: 1 }), view, 0)
    view.setUint16(22, 0xbeef, true)
    expect(decodeAttempt(view, 0)?.size).toBe(1)
  })

  it('of a batch of nothing is none', () => {
    encodeAttempt(attemptOf(batch), view, 0)
    view.setUint16(22, 0, true)
    expect(decodeAttempt(view, 0)).toBeUndefined()
  })
})
