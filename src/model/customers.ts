import { NAMESPACE_STRIDE } from './message.ts'
import type { Plan } from './plan.ts'

/**
 * The receiver's customers whose traffic a run is: each sends the same visits by people of its own, and so is a namespace. The lists are
 * in the namespaces' order.
 */
export interface CustomersPlan {
  readonly names: readonly string[]
  /** The key of each: as written, or the name of the secret's place (`env:NAME`, `file:PATH`). */
  readonly keys: readonly string[]
  /** What each has set up at the receiver beside its key, as JSON text. */
  readonly settings: readonly string[]
  /** The same message of two customers has one messageId, and is two messages all the same. */
  readonly collide: boolean
}

/** The place of the customer who sends a message; 0 where a run has one alone. */
export function customerOf({ traffic }: Pick<Plan, 'traffic'>, index: number): number {
  return traffic.customers === undefined ? 0 : Math.floor(index / NAMESPACE_STRIDE)
}

/** The namespaces in which a phase sends. */
export function namespacesOf({ traffic }: Pick<Plan, 'traffic'>, phase: Plan['phases'][number]): readonly number[] {
  return phase.customers ?? Array.from({ length: traffic.namespaces }, (_, namespace) => namespace)
}
