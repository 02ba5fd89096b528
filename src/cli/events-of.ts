import type { Traffic } from '../model/message.ts'
import { indexAt } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'

/** Every message of a plan once, in the envelope in which it is first sent, in order of index. */
export function* eventsOf(plan: Plan, traffic: Traffic): Generator<Uint8Array, void, undefined> {
  for (let namespace = 0, ordinal = 0; namespace < plan.traffic.namespaces; namespace++) {
    for (const { messages, envelope } of plan.phases) {
      for (let n = 0; n < messages.count; n++) yield traffic.messageAt(indexAt(plan, ordinal++), envelope).bytes
    }
  }
}
