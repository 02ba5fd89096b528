import { laneOf } from '../../generators/schedule/lane.ts'
import type { Delivery } from '../../src/model/delivery.ts'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import type { Plan } from '../../src/model/plan.ts'

/** All deliveries of a lane. */
export function laneDeliveries(plan: Plan, lane: number): Delivery[] {
  const cursor = laneOf(plan, lane)
  const deliveries: Delivery[] = []
  while (cursor.peekDueMs() !== Number.POSITIVE_INFINITY) deliveries.push(cursor.next())
  return deliveries
}

/** All deliveries of a plan, lane by lane. */
export function allDeliveries(plan: Plan): Delivery[] {
  return Array.from({ length: plan.lanes }, (_, lane) => laneDeliveries(plan, lane)).flat()
}

/** The due moments of many deliveries, in order. */
export function dueMoments(deliveries: readonly Delivery[]): number[] {
  return deliveries.map(({ dueMs }) => dueMs).sort((a, b) => a - b)
}

/** A message's number without its namespace. */
export function numberOf({ index }: Delivery): number {
  return index % NAMESPACE_STRIDE
}
