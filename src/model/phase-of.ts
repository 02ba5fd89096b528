import { NAMESPACE_STRIDE } from './message.ts'
import type { PhasePlan, Plan } from './plan.ts'

/** The phase that is the first to send a message; undefined: the plan has no such message. */
export function phaseOf({ phases }: Pick<Plan, 'phases'>, index: number): PhasePlan | undefined {
  const n = index % NAMESPACE_STRIDE
  return phases.find(({ messages: { first, count } }) => n >= first && n < first + count)
}
