import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { copyCountsOf, scheduleOf } from '../../generators/schedule/schedule.ts'
import { type Delivery, membersOf } from '../../src/model/delivery.ts'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import type { MessageRange, Plan } from '../../src/model/plan.ts'
import { plans } from '../support/arbitrary-plans.ts'
import { allDeliveries, dueMoments, laneDeliveries } from '../support/deliveries.ts'
import { livePhase, testPlan } from '../support/plans.ts'

const batched: fc.Arbitrary<Plan> = fc
  .record({ plan: plans, batchSize: fc.integer({ min: 1, max: 12 }) })
  .map(({ plan, batchSize }) => withBatches(plan, batchSize))

function withBatches(plan: Plan, batchSize: number): Plan {
  return { ...plan, delivery: { ...plan.delivery, batchSize } }
}

describe('over all lanes', () => {
  test('each live message is in exactly one first delivery', () => {
    fc.assert(
      fc.property(batched, (plan) => {
        const firsts = allDeliveries(plan).filter(({ copy }) => copy === 'first')
        const live = plan.phases.filter(({ envelope }) => envelope === 'live').flatMap(({ messages }) => messages)
        expect(sorted(carried(plan, firsts))).toEqual(sorted(live.flatMap((range) => indicesOf(plan, range))))
      }),
    )
  })

  test('each phase carries each of its messages once, and at most one extra copy of it', () => {
    fc.assert(
      fc.property(batched, (plan) => {
        const deliveries = allDeliveries(plan)
        for (const [i, { messages, again }] of plan.phases.entries()) {
          const ofPhase = carried(
            plan,
            deliveries.filter(({ phase }) => phase === i),
          )
          const wanted = [...indicesOf(plan, messages), ...indicesOf(plan, again)]
          expect(sorted([...new Set(ofPhase)])).toEqual(sorted(wanted))
          for (const copies of Map.groupBy(ofPhase, (index) => index).values()) expect(copies.length).toBeLessThan(3)
        }
      }),
    )
  })

  test('any sharing out of the lanes gives the same whole, and it is the one that was counted', () => {
    fc.assert(
      fc.property(batched, fc.integer({ min: 1, max: 4 }), (plan, writers) => {
        const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane)
        const shares = Array.from({ length: writers }, (_, w) => lanes.filter((lane) => lane % writers === w))
        const whole = shares.flatMap((own) => own.flatMap((lane) => laneDeliveries(plan, lane)))
        expect(whole.sort(inOrder)).toEqual(allDeliveries(plan).sort(inOrder))
        const counts = { first: 0, duplicate: 0, replay: 0 }
        for (const { copy } of whole) counts[copy]++
        expect(copyCountsOf(plan)).toEqual(counts)
      }),
    )
  })
})

describe('a batch', () => {
  test('is of one lane and one namespace, and no larger than the plan says', () => {
    fc.assert(
      fc.property(batched, (plan) => {
        for (const delivery of allDeliveries(plan)) {
          const members = membersOf(delivery, plan)
          expect(delivery.size).toBeLessThanOrEqual(plan.delivery.batchSize)
          expect(new Set(members.map((index) => (index % NAMESPACE_STRIDE) % plan.lanes))).toEqual(
            new Set([delivery.lane]),
          )
          expect(new Set(members.map((index) => Math.floor(index / NAMESPACE_STRIDE))).size).toBe(1)
        }
      }),
    )
  })

  test('is repeated whole: a duplicate or a replay of live messages carries what was carried before', () => {
    fc.assert(
      fc.property(batched, (plan) => {
        const [live, second] = plan.phases
        const aligned = { first: 0, count: second!.again.count }
        const repeating = { ...plan, phases: [live!, { ...second!, again: aligned }] }
        const deliveries = allDeliveries(repeating)
        const groups = Map.groupBy(deliveries, ({ index, phase }) => `${phase} ${index}`)
        for (const copies of groups.values()) expect(new Set(copies.map(({ size }) => size)).size).toBe(1)
        const firstSizes = new Map(
          deliveries.filter(({ phase }) => phase === 0).map(({ index, size }) => [index, size]),
        )
        for (const { index, phase, size } of deliveries) {
          const firstSize = firstSizes.get(index)
          // Only where the range that comes again ends is a batch cut.
          if (
            phase === 1 &&
            firstSize !== undefined &&
            (index % NAMESPACE_STRIDE) + firstSize * plan.lanes <= aligned.count
          )
            expect(size).toBe(firstSize)
        }
      }),
    )
  })

  test('is due when its last message would have been, and comes again a second later at the earliest', () => {
    fc.assert(
      fc.property(batched, (plan) => {
        const phases = plan.phases.map((phase) => ({ ...phase, shuffleMs: 0 }))
        const calm = { ...plan, phases }
        const alone = new Map(
          allDeliveries(withBatches(calm, 0))
            .reverse()
            .map(({ phase, index, dueMs }) => [`${phase} ${index}`, dueMs]),
        )
        const firstDueMs = new Map<number, number>()
        for (const delivery of allDeliveries(calm).sort((a, b) => a.dueMs - b.dueMs)) {
          const members = membersOf(delivery, calm)
          if (delivery.copy === 'first') {
            expect(delivery.dueMs).toBe(alone.get(`${delivery.phase} ${members.at(-1)}`))
            for (const index of members) firstDueMs.set(index, delivery.dueMs)
          } else if (delivery.phase === 1) {
            for (const index of members) {
              const before = firstDueMs.get(index)
              if (before !== undefined && delivery.copy === 'replay')
                expect(delivery.dueMs).toBeGreaterThanOrEqual(before + 1000)
            }
          }
        }
      }),
    )
  })

  test('falls due in order within its lane, and the last of all at the stated end', () => {
    fc.assert(
      fc.property(batched, (plan) => {
        for (let lane = 0; lane < plan.lanes; lane++) {
          const dues = laneDeliveries(plan, lane).map(({ dueMs }) => dueMs)
          expect(dues).toEqual(dues.toSorted((a, b) => a - b))
        }
        expect(scheduleOf(plan).endMs).toBe(Math.max(0, ...dueMoments(allDeliveries(plan))))
      }),
    )
  })
})

describe('batches of a lane', () => {
  const plan = withBatches(testPlan({ lanes: 8, phases: [livePhase(8 * 200, 800)] }), 20)

  test('are all full but the first and the last', () => {
    for (let lane = 0; lane < plan.lanes; lane++) {
      const sizes = laneDeliveries(plan, lane).map(({ size }) => size)
      expect(new Set(sizes.slice(1, -1))).toEqual(new Set([20]))
    }
  })

  test('do not fill up when those of other lanes do: requests come evenly', () => {
    const dues = dueMoments(allDeliveries(plan)).filter((dueMs) => dueMs < 1900)
    const gaps = dues.slice(1).map((due, i) => due - dues[i]!)
    // 800 messages a second, 20 in a request.
    expect(Math.max(...gaps)).toBeLessThan(50)
    expect(Math.min(...gaps)).toBeGreaterThan(10)
  })
})

function carried(plan: Plan, deliveries: readonly Delivery[]): number[] {
  return deliveries.flatMap((delivery) => membersOf(delivery, plan))
}

function indicesOf(plan: Plan, { first, count }: MessageRange): number[] {
  const numbers = Array.from({ length: count }, (_, i) => first + i)
  return Array.from({ length: plan.traffic.namespaces }, (_, i) => numbers.map((n) => i * NAMESPACE_STRIDE + n)).flat()
}

function sorted(indices: number[]): number[] {
  return indices.sort((a, b) => a - b)
}

function inOrder(a: Delivery, b: Delivery): number {
  return a.lane - b.lane || a.seq - b.seq
}
