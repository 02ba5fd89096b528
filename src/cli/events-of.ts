import { namespacesOf } from '../model/customers.ts'
import { NAMESPACE_STRIDE, type Traffic } from '../model/message.ts'
import type { Plan } from '../model/plan.ts'

/** Every message of a plan once, in the envelope in which it is first sent, in order of index. */
export function* eventsOf(plan: Plan, traffic: Traffic): Generator<Uint8Array, void, undefined> {
  for (let namespace = 0; namespace < plan.traffic.namespaces; namespace++) {
    for (const phase of plan.phases) {
      if (!namespacesOf(plan, phase).includes(namespace)) continue
      const start = namespace * NAMESPACE_STRIDE + phase.messages.first
      for (let n = 0; n < phase.messages.count; n++) yield traffic.lentAt(start + n, phase.envelope).bytes
    }
  }
}
