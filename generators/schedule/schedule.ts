import type { CopyCounts, Schedule } from '../../src/model/delivery.ts'
import type { Plan } from '../../src/model/plan.ts'
import { laneOf, streamsOf } from './lane.ts'

/** The deliveries of a plan. `endMs` is exact, and computed when it is first asked for. */
export function scheduleOf(plan: Plan): Schedule {
  let endMs: number | undefined
  return {
    lanes: plan.lanes,
    lane: (lane) => laneOf(plan, lane),
    get endMs(): number {
      endMs ??= lastDueMs(plan)
      return endMs
    },
  }
}

/** How many deliveries of each kind a plan has. Takes time with the number of messages where copies are drawn. */
export function copyCountsOf(plan: Plan): CopyCounts {
  const counts = { first: 0, duplicate: 0, replay: 0 }
  for (let lane = 0; lane < plan.lanes; lane++) {
    for (const stream of streamsOf(plan, lane)) stream.count(counts)
  }
  return counts
}

/** Walks back from each stream's end for as long as an earlier batch could still be delivered later than the latest one seen. */
function lastDueMs(plan: Plan): number {
  let lastMs = 0
  for (let lane = 0; lane < plan.lanes; lane++) {
    for (const stream of streamsOf(plan, lane)) {
      const { first, last, step } = stream.batches
      for (let batch = last; batch >= first && stream.ceilingMs(batch) > lastMs; batch -= step) {
        stream.visit(batch, ({ dueMs }) => {
          if (dueMs > lastMs) lastMs = dueMs
        })
      }
    }
  }
  return lastMs
}
