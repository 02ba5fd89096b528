import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classOfStatus } from '../../src/model/outcome.ts'
import { retryPlanOf } from '../../src/scenario/retry-plan.ts'
import { livePhase, testPlan } from '../support/plans.ts'
import { type FarSide, Playground } from '../support/playground.ts'

const { delivery } = testPlan()
const retry = retryPlanOf({ name: 'x', phases: [], profile: 'stream', timeScale: 100 })
/** Moments are numbers with fractions, and their differences are rounded. */
const ROUNDING_MS = 1e-6

/** As a Stream partner sends, at so many requests a second at most. */
function streamed(count: number, perSecond: number, farSide: FarSide, attemptsPerSecondMax = 50): Playground {
  const paced = { ...delivery, attemptsPerSecondMax, evenlyPaced: true as const, drainMs: 60_000 }
  return new Playground({ phases: [livePhase(count, perSecond)], delivery: paced, retry }, farSide)
}

/** The most starts within any second. */
function busiestSecond(startsMs: readonly number[]): number {
  let most = 0
  for (let first = 0, last = 0; last < startsMs.length; last++) {
    while (startsMs[last]! - startsMs[first]! >= 1000 - ROUNDING_MS) first++
    most = Math.max(most, last - first + 1)
  }
  return most
}

const gapsOf = (ms: readonly number[]): number[] => ms.slice(1).map((at, i) => at - ms[i]!)

const answers = fc.array(
  fc.record({
    status: fc.constantFrom(200, 200, 429, 503, 400),
    retryAfter: fc.constantFrom('', '1', '2'),
    afterMs: fc.constantFrom(1, 40, 900, 20_000),
  }),
  { minLength: 1, maxLength: 12 },
)

describe('a Stream partner’s requests', () => {
  it('stay within the ceiling in every second whatever comes of them, retries included, and none comes right behind another', async () => {
    await fc.assert(
      fc.asyncProperty(
        answers,
        fc.constantFrom(20, 49, 80, 400),
        fc.constantFrom(7, 50),
        async (said, rate, ceiling) => {
          const ground = streamed(rate, rate, farSideOf(said), ceiling)
          await ground.run()
          expect(ground.sentAtMs.length).toBeGreaterThanOrEqual(rate)
          expect(busiestSecond(ground.sentAtMs)).toBeLessThanOrEqual(ceiling)
          expect(Math.min(...gapsOf(ground.sentAtMs))).toBeGreaterThanOrEqual(500 / ceiling - ROUNDING_MS)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('come as often as they may while there are too many of them, one every fiftieth of a second', async () => {
    const ground = streamed(400, 400, () => ({ afterMs: 1 }))
    await ground.run()
    const gapsMs = gapsOf(ground.sentAtMs)
    expect(busiestSecond(ground.sentAtMs)).toBe(50)
    expect(Math.max(...gapsMs)).toBeLessThan(31)
    expect(gapsMs.reduce((sum, ms) => sum + ms, 0) / gapsMs.length).toBeCloseTo(20, 0)
  })

  it('do not double at the place where a run was cut off', async () => {
    const ground = streamed(100, 50, () => ({ afterMs: 1 }))
    const openUntilMs = Array.from({ length: ground.plan.lanes }, () => 1000)
    const before = { sent: 50, acked: 50, attempts: 50 }
    await ground.run({ resumption: { fromMs: 1000, openUntilMs, unfinished: [], before } })
    expect(ground.sentAtMs.length).toBe(50)
    expect(ground.attempts.every((o) => o.attemptDueMs + o.slotWaitMs + o.pumpLagMs >= 2000)).toBe(true)
  })
})

function farSideOf(said: readonly { status: number; retryAfter: string; afterMs: number }[]): FarSide {
  return (nth) => {
    const { afterMs, status, retryAfter } = said[nth % said.length]!
    return { afterMs, outcome: { status, retryAfter, class: classOfStatus(status) } }
  }
}
