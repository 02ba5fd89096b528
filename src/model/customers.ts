import { NAMESPACE_STRIDE } from './message.ts'
import type { Plan } from './plan.ts'

/** The place of the customer who sends a message; 0 where a run has one alone. */
export function customerOf({ traffic }: Pick<Plan, 'traffic'>, index: number): number {
  return traffic.customers === undefined ? 0 : Math.floor(index / NAMESPACE_STRIDE)
}

/** The namespaces in which a phase sends. */
export function namespacesOf({ traffic }: Pick<Plan, 'traffic'>, phase: Plan['phases'][number]): readonly number[] {
  return phase.customers ?? Array.from({ length: traffic.namespaces }, (_, namespace) => namespace)
}
