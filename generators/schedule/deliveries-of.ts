import type { CopyCounts, Delivery, Schedule } from '../../src/model/delivery.ts'
import type { Traffic } from '../../src/model/message.ts'
import type { Plan } from '../../src/model/plan.ts'
import { scheduleOf } from './schedule.ts'
import { WithinLimits } from './within-limits.ts'

/** The deliveries of a run: the plan's, and of a Stream as many as its limits make of them. */
export interface RunSchedule extends Schedule {
  /** The events of the delivery that was handed out last, if they were made for it and `delivery` is the one. */
  eventsOf?(delivery: Delivery): readonly Uint8Array[] | undefined
  /** Messages that are too long to be sent, of the lanes walked so far: by index, the bytes of each. */
  readonly leftOut?: ReadonlyMap<number, number>
}

/** @param schedule the plan's, where it is at hand */
export function deliveriesOf(plan: Plan, traffic: Traffic, schedule: Schedule = scheduleOf(plan)): RunSchedule {
  const { stream } = plan
  return stream === undefined ? schedule : new WithinLimits(schedule, { ...plan, stream }, traffic)
}

/** How many deliveries of each kind there are, by walking through them all. */
export function countedIn(schedule: Schedule): CopyCounts {
  const counts = { first: 0, duplicate: 0, replay: 0 }
  for (let lane = 0; lane < schedule.lanes; lane++) {
    const cursor = schedule.lane(lane)
    while (cursor.peekDueMs() < Number.POSITIVE_INFINITY) counts[cursor.next().copy]++
  }
  return counts
}
