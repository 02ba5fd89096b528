import { BitSet } from '../model/bit-set.ts'
import { indexAt, messageCount } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import { isUnwelcome } from '../model/unwelcome.ts'

/** The messages, by their place, that a sound receiver refuses or may refuse. */
export function unwelcomeMessages(plan: Plan): BitSet {
  const size = messageCount(plan)
  const unwelcome = new BitSet(size)
  if (plan.phases.every(({ expects }) => expects === 'accepted')) return unwelcome
  for (let n = 0; n < size; n++) if (isUnwelcome(plan, indexAt(plan, n))) unwelcome.add(n)
  return unwelcome
}
