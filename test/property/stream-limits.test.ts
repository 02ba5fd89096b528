import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countedIn } from '../../generators/schedule/deliveries-of.ts'
import { scheduleOf } from '../../generators/schedule/schedule.ts'
import { WithinLimits } from '../../generators/schedule/within-limits.ts'
import { type Delivery, membersOf, type Schedule } from '../../src/model/delivery.ts'
import { hash32 } from '../../src/model/hash.ts'
import type { Traffic } from '../../src/model/message.ts'
import { isRefusedPhase, type Plan } from '../../src/model/plan.ts'
import type { StreamPlan } from '../../src/model/stream.ts'
import { plans } from '../support/arbitrary-plans.ts'
import { fakeTraffic } from '../support/fake-traffic.ts'
import { testHeader } from '../support/plans.ts'
import { TEST_STREAM } from '../support/stream-plans.ts'

/** Around the events of a body, at most. */
const AROUND_BYTES = 512
const EVENT_BYTES_MAX = 100
const LONGEST_BYTES = 110
const RUNS = { numRuns: 40 }

type Streaming = Plan & { readonly stream: StreamPlan }

/** Events of 1 to 110 bytes where 100 are taken, up to a dozen in requests that some of them do not fit into. */
const streams: fc.Arbitrary<Streaming> = fc
  .record({
    plan: plans,
    batchSize: fc.integer({ min: 0, max: 12 }),
    room: fc.constantFrom(100, 300, 100_000),
    expects: fc.constantFrom('accepted' as const, 'accepted' as const, 'refused' as const),
  })
  .map(({ plan, batchSize, room, expects }) => ({
    ...plan,
    profile: 'stream',
    phases: plan.phases.map((phase, i) => (i === 0 ? { ...phase, expects } : phase)),
    delivery: { ...plan.delivery, batchSize },
    stream: { ...TEST_STREAM, eventBytesMax: EVENT_BYTES_MAX, batchBytesMax: AROUND_BYTES + room },
  }))

function bytesOf(index: number): number {
  return 1 + (hash32(7, index % 2 ** 31) % LONGEST_BYTES)
}

function trafficOf(plan: Plan): Traffic {
  const fake = fakeTraffic(testHeader(plan))
  const messageAt: Traffic['messageAt'] = (index) => ({
    index,
    messageId: '',
    type: 'track',
    bytes: new Uint8Array(bytesOf(index)),
  })
  return { ...fake, messageAt }
}

function limited(plan: Streaming): WithinLimits {
  return new WithinLimits(scheduleOf(plan), plan, trafficOf(plan))
}

function laneOf(schedule: Schedule, lane: number): Delivery[] {
  const cursor = schedule.lane(lane)
  const deliveries: Delivery[] = []
  while (cursor.peekDueMs() < Number.POSITIVE_INFINITY) deliveries.push(cursor.next())
  return deliveries
}

function lanesOf(schedule: Schedule): Delivery[][] {
  return Array.from({ length: schedule.lanes }, (_, lane) => laneOf(schedule, lane))
}

/** What a lane sends, message by message: which, as which copy, in which phase and when. */
function messagesIn(plan: Plan, deliveries: readonly Delivery[]): string[] {
  return deliveries.flatMap((delivery) =>
    membersOf(delivery, plan).map((index) => `${index} ${delivery.copy} ${delivery.phase} ${delivery.dueMs}`),
  )
}

function mayGo(plan: Plan, message: string): boolean {
  const [index, , phase] = message.split(' ')
  return isRefusedPhase(plan, Number(phase)) || bytesOf(Number(index)) <= EVENT_BYTES_MAX
}

describe('requests within the limits', () => {
  test('carry what the plan sends, each message in its place and at its moment, but for those that alone are too long', () => {
    fc.assert(
      fc.property(streams, (plan) => {
        const whole = lanesOf(scheduleOf(plan)).map((lane) => messagesIn(plan, lane))
        const parted = lanesOf(limited(plan)).map((lane) => messagesIn(plan, lane))
        expect(parted).toEqual(whole.map((lane) => lane.filter((message) => mayGo(plan, message))))
      }),
      RUNS,
    )
  })

  test('are none of them longer, in events or in bytes', () => {
    fc.assert(
      fc.property(streams, (plan) => {
        for (const delivery of lanesOf(limited(plan)).flat()) {
          if (isRefusedPhase(plan, delivery.phase)) continue
          const members = membersOf(delivery, plan)
          expect(members.length).toBeLessThanOrEqual(Math.max(1, plan.delivery.batchSize))
          const bytes = members.reduce((sum, index) => sum + bytesOf(index) + 1, AROUND_BYTES)
          if (members.length > 1) expect(bytes).toBeLessThanOrEqual(plan.stream.batchBytesMax)
        }
      }),
      RUNS,
    )
  })

  test('are numbered in each lane, in order of due moment, and as many as were counted', () => {
    fc.assert(
      fc.property(streams, (plan) => {
        const lanes = lanesOf(limited(plan))
        for (const lane of lanes) {
          expect(lane.map(({ seq }) => seq)).toEqual(lane.map((_, i) => i))
          expect(lane.map(({ dueMs }) => dueMs)).toEqual(lane.map(({ dueMs }) => dueMs).toSorted((a, b) => a - b))
        }
        const counts = { first: 0, duplicate: 0, replay: 0 }
        for (const { copy } of lanes.flat()) counts[copy]++
        expect(countedIn(limited(plan))).toEqual(counts)
      }),
      RUNS,
    )
  })

  test('are the same however the lanes are walked: one after the other, all at once, or for the second time', () => {
    fc.assert(
      fc.property(streams, (plan) => {
        const schedule = limited(plan)
        const oneByOne = lanesOf(schedule)
        expect(lanesOf(schedule)).toEqual(oneByOne)
        const cursors = Array.from({ length: plan.lanes }, (_, lane) => schedule.lane(lane))
        const atOnce: Delivery[][] = cursors.map(() => [])
        for (let isLeft = true; isLeft; ) {
          isLeft = false
          cursors.forEach((cursor, lane) => {
            if (cursor.peekDueMs() === Number.POSITIVE_INFINITY) return
            atOnce[lane]!.push(cursor.next())
            isLeft = true
          })
        }
        expect(atOnce).toEqual(oneByOne)
      }),
      RUNS,
    )
  })

  test('have their events at hand when they are handed out, and no others', () => {
    fc.assert(
      fc.property(streams, (plan) => {
        const schedule = limited(plan)
        let earlier: Delivery | undefined
        for (let lane = 0; lane < plan.lanes; lane++) {
          const cursor = schedule.lane(lane)
          while (cursor.peekDueMs() < Number.POSITIVE_INFINITY) {
            const delivery = cursor.next()
            cursor.peekDueMs()
            const made = membersOf(delivery, plan).map(bytesOf)
            expect(schedule.eventsOf(delivery)?.map(({ length }) => length)).toEqual(made)
            if (earlier) expect(schedule.eventsOf(earlier)).toBeUndefined()
            earlier = delivery
          }
        }
      }),
      RUNS,
    )
  })

  test('name what they left out, and how long it is', () => {
    fc.assert(
      fc.property(streams, (plan) => {
        const schedule = limited(plan)
        const sent = lanesOf(scheduleOf(plan)).flatMap((lane) => messagesIn(plan, lane))
        lanesOf(schedule)
        const tooLong = sent.filter((message) => !mayGo(plan, message)).map((message) => Number(message.split(' ')[0]))
        expect(new Map([...schedule.leftOut].toSorted(([a], [b]) => a - b))).toEqual(
          new Map([...new Set(tooLong)].toSorted((a, b) => a - b).map((index) => [index, bytesOf(index)])),
        )
      }),
      RUNS,
    )
  })
})

test('a single call leaves room for the write key beside its event, where the body shows it', () => {
  const taken = (stream: Partial<StreamPlan>): number => {
    const plan = { ...base, stream: { ...TEST_STREAM, eventBytesMax: 600, ...stream } }
    return countedIn(new WithinLimits(scheduleOf(plan), plan, trafficOf(plan))).first
  }
  const base = fc.sample(plans, { numRuns: 1, seed: 1 })[0]!
  expect(taken({ endpoint: 'single', auth: 'header' })).toBe(countedIn(scheduleOf(base)).first)
  expect(taken({ endpoint: 'single', auth: 'body' })).toBeLessThan(taken({ endpoint: 'batch', auth: 'body' }))
})
