import { type Delivery, membersOf } from '../model/delivery.ts'
import type { Traffic } from '../model/message.ts'
import type { Plan } from '../model/plan.ts'

/** The bytes of what a delivery carries: a replay's in the replay envelope, every other copy's as the first one's. */
export function carriedEvents(delivery: Delivery, plan: Plan, traffic: Traffic): Uint8Array[] {
  const envelope = delivery.copy === 'replay' ? 'replay' : 'live'
  if (delivery.size === 1) return [traffic.messageAt(delivery.index, envelope).bytes]
  return membersOf(delivery, plan).map((index) => traffic.messageAt(index, envelope).bytes)
}
