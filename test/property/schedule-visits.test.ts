import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { laneOf } from '../../generators/schedule/lane.ts'
import { copyCountsOf, scheduleOf } from '../../generators/schedule/schedule.ts'
import type { Delivery } from '../../src/model/delivery.ts'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import type { MessageRange, Plan } from '../../src/model/plan.ts'
import { plans } from '../support/arbitrary-plans.ts'
import { allDeliveries, laneDeliveries, numberOf } from '../support/deliveries.ts'
import { livePhase, testPlan } from '../support/plans.ts'

describe('over all lanes', () => {
  test('each phase delivers each of its messages in every namespace once, and at most one extra copy of it', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const times = timesByPhase(plan, allDeliveries(plan))
        for (const [i, { messages, again }] of plan.phases.entries()) {
          const wanted = [...indicesOf(plan, messages), ...indicesOf(plan, again)].sort((a, b) => a - b)
          expect([...times[i]!.keys()].sort((a, b) => a - b)).toEqual(wanted)
          expect(Math.max(1, ...times[i]!.values())).toBeLessThanOrEqual(2)
        }
      }),
    )
  })

  test('a live message is a first copy once, and what the replay envelope carries is a replay copy', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const firsts: number[] = []
        for (const { phase, index, copy } of allDeliveries(plan)) {
          expect(copy === 'replay').toBe(plan.phases[phase]!.envelope === 'replay')
          if (copy === 'first') firsts.push(index)
        }
        const live = plan.phases.filter(({ envelope }) => envelope === 'live').flatMap(({ messages }) => messages)
        expect(firsts.sort((a, b) => a - b)).toEqual(
          live.flatMap((range) => indicesOf(plan, range)).sort((a, b) => a - b),
        )
      }),
    )
  })

  test('the counts of copies are those that were counted beforehand', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const counts = { first: 0, duplicate: 0, replay: 0 }
        for (const { copy } of allDeliveries(plan)) counts[copy]++
        expect(copyCountsOf(plan)).toEqual(counts)
      }),
    )
  })
})

describe('a lane', () => {
  test('owns the messages whose number leaves it as remainder, with all their copies', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        for (const delivery of allDeliveries(plan)) expect(numberOf(delivery) % plan.lanes).toBe(delivery.lane)
      }),
    )
  })

  test('numbers its deliveries from 0 and refuses one more than it has', () => {
    const cursor = laneOf(testPlan({ lanes: 10, phases: [livePhase(25, 10)] }), 4)
    expect([cursor.next(), cursor.next(), cursor.next()].map(({ seq, index }) => [seq, index])).toEqual([
      [0, 4],
      [1, 14],
      [2, 24],
    ])
    expect(cursor.peekDueMs()).toBe(Number.POSITIVE_INFINITY)
    expect(() => cursor.next()).toThrow(RangeError)
  })

  test('that the plan does not have is refused', () => {
    for (const lane of [-1, 64, 0.5]) expect(() => laneOf(testPlan(), lane)).toThrow('no lane')
  })

  test('is the same whatever other lanes are walked beside it, and however often', () => {
    fc.assert(
      fc.property(plans, fc.infiniteStream(fc.nat()), (plan, picks) => {
        const schedule = scheduleOf(plan)
        const cursors = Array.from({ length: plan.lanes }, (_, lane) => schedule.lane(lane))
        const walked: Delivery[][] = cursors.map(() => [])
        for (let open = openLanes(cursors); open.length > 0; open = openLanes(cursors)) {
          const lane = open[picks.next().value % open.length]!
          walked[lane]!.push(cursors[lane]!.next())
        }
        expect(walked).toEqual(cursors.map((_, lane) => laneDeliveries(plan, lane)))
      }),
      { numRuns: 30 },
    )
  })
})

test('a phase that repeats what no phase sends first is refused', () => {
  const plan = testPlan({ phases: [livePhase(10, 10, { again: { first: 5, count: 10 } })] })
  expect(() => scheduleOf(plan).lane(0)).toThrow('no single phase')
})

function openLanes(cursors: readonly { peekDueMs(): number }[]): number[] {
  return cursors.flatMap((cursor, lane) => (cursor.peekDueMs() === Number.POSITIVE_INFINITY ? [] : [lane]))
}

function indicesOf(plan: Plan, { first, count }: MessageRange): number[] {
  const numbers = Array.from({ length: count }, (_, i) => first + i)
  const namespaces = Array.from({ length: plan.traffic.namespaces }, (_, i) => i * NAMESPACE_STRIDE)
  return namespaces.flatMap((start) => numbers.map((n) => start + n))
}

function timesByPhase(plan: Plan, deliveries: readonly Delivery[]): Map<number, number>[] {
  const times = plan.phases.map(() => new Map<number, number>())
  for (const { phase, index } of deliveries) times[phase]!.set(index, (times[phase]!.get(index) ?? 0) + 1)
  return times
}
