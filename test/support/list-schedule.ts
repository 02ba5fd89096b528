import type { Delivery, Schedule } from '../../src/model/delivery.ts'

/** A schedule of the given deliveries: each lane's in order of seq. */
export function listSchedule(lanes: number, deliveries: readonly Delivery[]): Schedule {
  const byLane = Array.from({ length: lanes }, (_, lane) => deliveries.filter((one) => one.lane === lane))
  return {
    lanes,
    endMs: Math.max(0, ...deliveries.map((one) => one.dueMs + 1)),
    lane(lane) {
      const queue = byLane[lane]!
      let next = 0
      return {
        peekDueMs: () => queue[next]?.dueMs ?? Number.POSITIVE_INFINITY,
        next: () => queue[next++]!,
      }
    },
  }
}
