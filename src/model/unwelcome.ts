import { NAMESPACE_STRIDE } from './message.ts'
import type { Plan } from './plan.ts'

/** Whether a sound receiver refuses the message, or may: it is of a phase that sends such messages, and those come in no other. */
export function isUnwelcome({ phases }: Pick<Plan, 'phases'>, index: number): boolean {
  const n = index % NAMESPACE_STRIDE
  return phases.some(
    ({ expects, messages: { first, count } }) => expects !== 'accepted' && n >= first && n < first + count,
  )
}
