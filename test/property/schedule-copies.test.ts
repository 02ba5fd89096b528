import { describe, expect, test } from 'vitest'
import type { CopyPlan } from '../../src/model/plan.ts'
import { allDeliveries } from '../support/deliveries.ts'
import { livePhase, testPlan } from '../support/plans.ts'

const MESSAGES = 20_000

for (const copies of [
  { duplicateShare: 0.02, racingShare: 0, lagMeanMs: 1000 },
  { duplicateShare: 0.1, racingShare: 0.05, lagMeanMs: 250 },
  { duplicateShare: 0, racingShare: 0.5, lagMeanMs: 1000 },
  { duplicateShare: 0.4, racingShare: 0.6, lagMeanMs: 5000 },
]) {
  describe(`with ${copies.duplicateShare} duplicates and ${copies.racingShare} races`, () => {
    const lags = extraLags(copies)

    test('as many copies race as were asked for, give or take what chance may', () => {
      expectShare(lags.filter((lag) => lag === 0).length, copies.racingShare)
    })

    test('as many copies lag as were asked for, give or take what chance may', () => {
      expectShare(lags.filter((lag) => lag > 0).length, copies.duplicateShare)
    })

    test('the lags have the mean that was asked for, and the long ones are as rare as exponential ones', () => {
      const late = lags.filter((lag) => lag > 0).map((lag) => lag / copies.lagMeanMs)
      const tolerance = 5 / Math.sqrt(late.length + 1)
      expect(Math.abs(late.reduce((a, b) => a + b, 0) / (late.length || 1) - 1)).toBeLessThan(
        late.length ? tolerance : 2,
      )
      expect(Math.abs(late.filter((lag) => lag > 1).length / (late.length || 1) - Math.exp(-1))).toBeLessThan(tolerance)
    })
  })
}

/** By how much each extra copy is due after the first one. */
function extraLags(copies: CopyPlan): number[] {
  const plan = testPlan({ lanes: 7, phases: [livePhase(MESSAGES, 1000, { copies, shuffleMs: 300 })] })
  const firstMs = new Map<number, number>()
  return allDeliveries(plan).flatMap(({ index, copy, dueMs }) => {
    if (copy === 'duplicate') return [dueMs - firstMs.get(index)!]
    firstMs.set(index, dueMs)
    return []
  })
}

function expectShare(count: number, share: number): void {
  const deviation = Math.sqrt(MESSAGES * share * (1 - share))
  expect(Math.abs(count - MESSAGES * share)).toBeLessThanOrEqual(5 * deviation)
}
