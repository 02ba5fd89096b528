import { describe, expect, it, test } from 'vitest'
import { latency } from '../../src/analysis/checks/latency.ts'
import { lowerBound95 } from '../../src/analysis/checks/lower-bound95.ts'
import { ruleOnShare, trialsNeeded } from '../../src/analysis/checks/share-ruling.ts'
import { summarize } from '../../src/analysis/summarize.ts'
import { NO_OBJECTIVES } from '../../src/model/objectives.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { auditCase, evidenceOf } from '../support/audit-case.ts'
import { attemptOf, evenDeliveries, recordedRun } from '../support/recorded.ts'
import { resolved, written } from '../support/scenarios.ts'

describe('an objective', () => {
  test('asks for its verdict, and stands in numbers', () => {
    const objectives = {
      latency: ['p99 < 500ms', 'p99.9 <= 2s from send'],
      throughput: '>= 480/s',
      'server-errors': '< 1%',
      'success-rate': '>= 99.9%',
      recovers: '< 10s',
    }
    const { asks } = resolved(written({ verdicts: ['no-loss'], objectives }))
    expect(asks.verdicts).toEqual(['no-loss', 'latency', 'throughput', 'server-errors', 'success-rate', 'recovers'])
    expect(asks.objectives).toEqual({
      latency: [
        { share: 0.99, limitMs: 500, from: 'due' },
        { share: 0.999, limitMs: 2000, from: 'send' },
      ],
      acceptedPerSecond: 480,
      serverErrorShare: 0.01,
      successShare: 0.999,
      recoveryMs: 10_000,
    })
  })

  test('of a flag wins over the scenario’s', () => {
    const scenario = written({ objectives: { latency: 'p99 < 500ms', throughput: '>= 10/s' } })
    const { asks } = resolved(scenario, { objectives: { latency: 'p50 < 20ms' } })
    expect(asks.objectives).toMatchObject({ latency: [{ share: 0.5, limitMs: 20 }], acceptedPerSecond: 10 })
  })

  test.each([
    [{ latency: '500ms' }, 'objectives.latency: "500ms" is no objective; write it as p99 < 500ms'],
    [{ latency: 'p99 < 500' }, 'objectives.latency: 500 has no unit'],
    [{ latency: ['p99 < 1s', 'p100 < 1s'] }, 'is no objective; write it as p99 < 500ms'],
    [{ throughput: '480/s' }, 'objectives.throughput: "480/s" is no objective; write it as >= 480/s'],
    [{ 'server-errors': '< 0%' }, 'no run can show "< 0%"'],
    [{ 'success-rate': '>= 100%' }, 'no number of deliveries can show 100%'],
    [{ latncy: 'p99 < 1s' }, 'there is no field "latncy" here; did you mean "latency"?'],
  ])('that makes no sense is refused in one line: %j', (objectives, complaint) => {
    expect(() => resolved(written({ objectives }))).toThrow(complaint)
  })

  test('is missing where its verdict is asked for without it', () => {
    expect(() => resolved(written({ verdicts: ['no-loss', 'latency'] }))).toThrow(
      "verdicts[1]: latency needs an objective; add objectives: {latency: 'p99 < 500ms'}",
    )
  })
})

describe('a share', () => {
  it('is ruled on by exact bounds', () => {
    const share = { badAtLeast: 0, badAtMost: 0, trials: 298, allowed: 0.01 }
    expect(ruleOnShare(share)).toBe('open')
    expect(ruleOnShare({ ...share, trials: 299 })).toBe('within')
    expect(trialsNeeded(share)).toBe(299)
    expect(lowerBound95(1, 1)).toBeCloseTo(0.05, 10)
    expect(ruleOnShare({ ...share, badAtLeast: 30, badAtMost: 30 })).toBe('beyond')
  })

  it('that lies just at the limit is never decided', () => {
    expect(trialsNeeded({ badAtLeast: 10, badAtMost: 10, trials: 1000, allowed: 0.01 })).toBeUndefined()
  })
})

const DELIVERIES = evenDeliveries(2000, 10)
const objectives = { ...NO_OBJECTIVES, latency: [{ share: 0.99, limitMs: 500, from: 'due' as const }] }

/** What is made of 20 s at 100/s in which the deliveries due from 10 s to 11.5 s were late, for the reason given. */
function judged(lateness: object, loopDelayMaxMs: number): Verdict {
  const attempts = DELIVERIES.map((delivery) => {
    const isLate = delivery.dueMs >= 10_000 && delivery.dueMs < 11_500
    return attemptOf(delivery, isLate ? lateness : {})
  })
  const samples = Array.from({ length: 20 }, (_, i): Observation => {
    const atMs = (i + 1) * 1000
    const held = atMs === 12_000 ? loopDelayMaxMs : 2
    return { kind: 'sample', atMs, loopDelayMaxMs: held, cpuRatio: 0.1, rssMb: 90, inFlight: 1, overdue: 0 }
  })
  const recorded = recordedRun(DELIVERIES, [...attempts, ...samples])
  const header = { ...recorded.header, asks: { ...recorded.header.asks, objectives } }
  const { summary, limits } = summarize({ ...recorded, header })
  return latency.judge(evidenceOf(auditCase(10), null, { header, summary, limits }))
}

describe('latency', () => {
  it('passes where nothing was late', () => {
    expect(judged({}, 2)).toMatchObject({ status: 'pass', fix: '' })
  })

  it('fails by the target’s answers, and by waits for its slots', () => {
    expect(judged({ latencyMs: 900 }, 2).status).toBe('fail')
    expect(judged({ slotWaitMs: 900 }, 2).status).toBe('fail')
    expect(judged({ class: 'timeout', status: 0, next: 'exhausted', latencyMs: 5000 }, 2).status).toBe('fail')
  })

  it('is unknown where squall itself was late, and never fails', () => {
    expect(judged({ pumpLagMs: 900 }, 1500).status).toBe('unknown')
    expect(judged({ pumpLagMs: 900 }, 2).status).toBe('unknown')
  })

  it('is unknown where a stall of squall’s own can have made answers and slots seem late', () => {
    expect(judged({ latencyMs: 1500 }, 1500).status).toBe('unknown')
    expect(judged({ slotWaitMs: 1000, latencyMs: 500 }, 1500).status).toBe('unknown')
  })

  it('fails where the target took longer than squall’s own stalls can explain', () => {
    expect(judged({ slotWaitMs: 20_000 }, 1500).status).toBe('fail')
  })

  it('takes no comfort from errors that come fast', () => {
    const fast = { class: '5xx', status: 503, next: 'exhausted', latencyMs: 1 } as const
    const attempts = DELIVERIES.map((delivery, i) => attemptOf(delivery, i % 50 === 0 ? { latencyMs: 900 } : fast))
    const recorded = recordedRun(DELIVERIES, attempts)
    const header = { ...recorded.header, asks: { ...recorded.header.asks, objectives } }
    expect(summarize({ ...recorded, header }).limits).toEqual([{ judged: 40, above: 40, aboveByTarget: 40 }])
  })
})
