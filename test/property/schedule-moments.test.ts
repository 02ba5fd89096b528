import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { momentAtMs } from '../../generators/schedule/pace.ts'
import { scheduleOf } from '../../generators/schedule/schedule.ts'
import type { Delivery } from '../../src/model/delivery.ts'
import { DEFAULT_MIX } from '../../src/model/mix.ts'
import type { PacePiece, PhasePlan, Plan } from '../../src/model/plan.ts'
import { plans } from '../support/arbitrary-plans.ts'
import { allDeliveries, dueMoments, laneDeliveries, numberOf } from '../support/deliveries.ts'
import { livePhase, testPlan } from '../support/plans.ts'

describe('due moments', () => {
  test('never fall within a lane, and the cursor tells them beforehand', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        for (let lane = 0; lane < plan.lanes; lane++) {
          const cursor = scheduleOf(plan).lane(lane)
          let before = Number.NEGATIVE_INFINITY
          for (let due = cursor.peekDueMs(); due !== Number.POSITIVE_INFINITY; due = cursor.peekDueMs()) {
            expect(cursor.next().dueMs).toBe(due)
            expect(due).toBeGreaterThanOrEqual(before)
            before = due
          }
        }
      }),
    )
  })

  test('end at the stated moment', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(scheduleOf(plan).endMs).toBe(Math.max(0, ...allDeliveries(plan).map(({ dueMs }) => dueMs)))
      }),
    )
  })

  test('end with a message that comes again late because its first copy was shuffled', () => {
    const live = livePhase(100, 100, { shuffleMs: 700 })
    const replay = { ...livePhase(100, 100), messages: { first: 100, count: 0 }, again: { first: 0, count: 100 } }
    const plan = testPlan({ lanes: 1, phases: [live, replay] })
    expect(scheduleOf(plan).endMs).toBe(laneDeliveries(plan, 0).at(-1)!.dueMs)
  })

  test('of the same plan are the same, and of another seed they are not', () => {
    const plan = testPlan({ phases: [livePhase(500, 500, { shuffleMs: 300 })] })
    expect(allDeliveries(plan)).toEqual(allDeliveries({ ...plan }))
    expect(dueMoments(allDeliveries({ ...plan, seed: 2 }))).not.toEqual(dueMoments(allDeliveries(plan)))
  })

  test('of a message that comes again are a second or more after it was first due', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const firstMs = new Map(
          copiesOf(plan, 0)
            .map(({ index, dueMs }) => [index, dueMs] as const)
            .reverse(),
        )
        const { again } = plan.phases[1]!
        for (const delivery of copiesOf(plan, 1)) {
          const n = numberOf(delivery)
          if (n < again.first || n >= again.first + again.count) continue
          expect(delivery.dueMs).toBeGreaterThanOrEqual(firstMs.get(delivery.index)! + 1000)
        }
      }),
    )
  })

  test('of messages that come again follow the phase’s pace, after its own messages', () => {
    const live = livePhase(100, 100)
    const replay: PhasePlan = {
      ...livePhase(60, 20, { envelope: 'replay' }),
      startMs: 5000,
      messages: { first: 100, count: 20 },
      again: { first: 0, count: 40 },
    }
    const plan = testPlan({ phases: [live, replay] })
    const inOrder = copiesOf(plan, 1).sort((a, b) => a.dueMs - b.dueMs)
    expect(inOrder.map(({ dueMs }) => dueMs)).toEqual(Array.from({ length: 60 }, (_, p) => 5000 + p * 50))
    expect(inOrder.map(({ index }) => index)).toEqual([...numbers(100, 20), ...numbers(0, 40)])
  })
})

describe('counts over time', () => {
  const shapes: Record<string, PacePiece[]> = {
    'a constant rate': [piece(0, 10_000, 300, 300)],
    'a ramp': [piece(0, 10_000, 0, 600)],
    'a ramp down': [piece(0, 10_000, 600, 0)],
    steps: [
      piece(0, 3000, 100, 100),
      piece(3000, 6000, 500, 500),
      piece(6000, 8000, 0, 0),
      piece(8000, 10_000, 300, 300),
    ],
  }
  for (const [name, pieces] of Object.entries(shapes)) {
    for (const arrivals of ['even', 'poisson'] as const) {
      test(`follow ${name} with ${arrivals} arrivals`, () => {
        const plan = onCurve(pieces, arrivals)
        const perSecond = histogram(dueMoments(allDeliveries(plan)), 1000, 10)
        const wanted = Array.from({ length: 10 }, (_, s) => areaBetween(pieces, s * 1000, s * 1000 + 1000))
        // An even count may be off by one at either end; a Poisson count by five of its standard deviations.
        for (const [s, count] of perSecond.entries()) {
          expect(Math.abs(count - wanted[s]!)).toBeLessThanOrEqual(
            arrivals === 'even' ? 1 : 5 * Math.sqrt(wanted[s]! + 1),
          )
        }
        expect(perSecond.reduce((a, b) => a + b)).toBe(plan.phases[0]!.messages.count)
      })
    }
  }
})

describe('Poisson arrivals', () => {
  const plan = onCurve([piece(0, 60_000, 500, 500)], 'poisson')

  test('have gaps that are spread as exponential ones are', () => {
    const moments = dueMoments(allDeliveries(plan))
    const gaps = moments.slice(1).map((moment, i) => moment - moments[i]!)
    const mean = sum(gaps) / gaps.length
    const deviation = Math.sqrt(sum(gaps.map((gap) => (gap - mean) ** 2)) / gaps.length)
    expect(deviation / mean).toBeGreaterThan(0.97)
    expect(deviation / mean).toBeLessThan(1.03)
    expect(gaps.filter((gap) => gap > 3 * mean).length / gaps.length).toBeCloseTo(Math.exp(-3), 2)
  })

  test('come in counts that vary as a Poisson process’s do over times much shorter than a cell', () => {
    const counts = histogram(dueMoments(allDeliveries(plan)), 50, 1200)
    const mean = sum(counts) / counts.length
    const variance = sum(counts.map((count) => (count - mean) ** 2)) / counts.length
    expect(variance / mean).toBeGreaterThan(0.85)
    expect(variance / mean).toBeLessThan(1.15)
  })

  test('keep a lane’s messages in order and each cell’s count exact', () => {
    const lane = laneDeliveries(plan, 5)
    expect(lane.map(({ index }) => index)).toEqual(lane.map((_, seq) => 5 + 64 * seq))
    for (const { index, dueMs } of lane) expect(Math.floor(dueMs / 2048)).toBe(Math.floor(index / 1024))
  })
})

describe('a shuffle', () => {
  const phase = livePhase(2000, 1000, { shuffleMs: 500 })
  const deliveries = allDeliveries(testPlan({ phases: [phase] }))

  test('delays each copy by less than its window, evenly', () => {
    const delays = deliveries.map(({ index, dueMs }) => dueMs - momentAtMs(phase.pace, index))
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...delays)).toBeLessThan(500)
    expect(sum(delays) / delays.length).toBeCloseTo(250, -1.3)
  })

  test('makes neighbours change places in each namespace in its own way, the first of several left in order', () => {
    const plan = testPlan({ phases: [phase], traffic: { mix: DEFAULT_MIX, people: 10, namespaces: 3 }, lanes: 1 })
    const all = laneDeliveries(plan, 0)
    const orders = [0, 1, 2].map((namespace) =>
      all.filter(({ index }) => Math.floor(index / 2 ** 36) === namespace).map(numberOf),
    )
    expect(orders[0]).toEqual(numbers(0, 2000))
    expect(orders[1]).not.toEqual(orders[2])
    for (const order of orders.slice(1)) {
      expect(order.filter((n, i) => i > 0 && n < order[i - 1]!).length).toBeGreaterThan(500)
      expect([...order].sort((a, b) => a - b)).toEqual(numbers(0, 2000))
    }
  })
})

function copiesOf(plan: Plan, phase: number): Delivery[] {
  return allDeliveries(plan).filter((delivery) => delivery.phase === phase)
}

function onCurve(pieces: PacePiece[], arrivals: 'even' | 'poisson'): Plan {
  const count = Math.floor(areaBetween(pieces, 0, pieces.at(-1)!.toMs) + 1e-6)
  const durationMs = pieces.at(-1)!.toMs
  return testPlan({ phases: [livePhase(count, 1, { durationMs, pace: { arrivals, pieces } })] })
}

function piece(fromMs: number, toMs: number, fromPerSecond: number, toPerSecond: number): PacePiece {
  return { fromMs, toMs, fromPerSecond, toPerSecond }
}

function areaBetween(pieces: readonly PacePiece[], fromMs: number, toMs: number): number {
  return sum(
    pieces.map((one) => {
      const from = Math.max(fromMs, one.fromMs)
      const to = Math.min(toMs, one.toMs)
      return to > from ? ((rateAt(one, from) + rateAt(one, to)) / 2) * ((to - from) / 1000) : 0
    }),
  )
}

function rateAt({ fromMs, toMs, fromPerSecond, toPerSecond }: PacePiece, atMs: number): number {
  return fromPerSecond + ((toPerSecond - fromPerSecond) * (atMs - fromMs)) / (toMs - fromMs)
}

function histogram(moments: readonly number[], widthMs: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0)
  // A moment on a boundary may have been rounded to just before it.
  for (const moment of moments) counts[Math.min(bins - 1, Math.floor((moment + 1e-6) / widthMs))]!++
  return counts
}

function numbers(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i)
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
