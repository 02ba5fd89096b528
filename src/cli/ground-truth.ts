import { customerOf } from '../model/customers.ts'
import { type Delivery, membersOf, type Schedule } from '../model/delivery.ts'
import { DueHeap } from '../model/due-heap.ts'
import type { Traffic } from '../model/message.ts'
import type { Plan } from '../model/plan.ts'

/**
 * What the schedule does, one JSON object for each message of each delivery, in order of due moment: which message, which copy of it, when, in
 * which phase, and which flaw it has on purpose.
 */
export function* groundTruth(plan: Plan, schedule: Schedule, traffic: Traffic): Generator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder()
  for (const delivery of inOrder(schedule)) {
    const { copy, dueMs, phase, lane, seq } = delivery
    for (const index of membersOf(delivery, plan)) {
      const messageId = traffic.messageIdAt(index)
      const flaw = traffic.flawAt(index)
      const timestamp = new Date(traffic.timestampMsAt(index)).toISOString()
      yield encoder.encode(
        JSON.stringify({
          messageId,
          ...whose(plan, index),
          index,
          copy,
          dueMs,
          phase: plan.phases[phase]?.name,
          timestamp,
          lane,
          seq,
          ...(flaw && { flaw }),
        }),
      )
    }
  }
}

/** Ids of customers may collide. */
function whose(plan: Plan, index: number): { customer?: string | undefined } {
  const { customers } = plan.traffic
  return customers ? { customer: customers.names[customerOf(plan, index)] } : {}
}

function* inOrder(schedule: Schedule): Generator<Delivery, void, undefined> {
  const cursors = Array.from({ length: schedule.lanes }, (_, lane) => schedule.lane(lane))
  const heap = new DueHeap<(typeof cursors)[number]>()
  for (const cursor of cursors) if (cursor.peekDueMs() < Number.POSITIVE_INFINITY) heap.push(cursor.peekDueMs(), cursor)
  for (let cursor = heap.peek(); cursor !== undefined; cursor = heap.peek()) {
    yield cursor.next()
    if (cursor.peekDueMs() < Number.POSITIVE_INFINITY) heap.replaceTop(cursor.peekDueMs(), cursor)
    else heap.pop()
  }
}
