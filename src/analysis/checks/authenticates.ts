import type { PhasePlan } from '../../model/plan.ts'
import type { Check } from './check.ts'
import { judgeRefusals, type RefusalQuestion } from './judge-refusals.ts'

const QUESTION: RefusalQuestion = {
  id: 'authenticates',
  title: 'Only good keys let events in',
  pick: ({ credentials }) => credentials !== 'own',
  suits: (status) => status === 401 || status === 403,
  statuses: '401 or 403',
  kinds: (phases) => `with ${keysOf(phases)} key`,
  how: 'Send some: squall run keys, squall run key-expiry.',
  fix: 'Look the key of each request up before anything else, in what is true now and not what was; answer 401 (or 403) where it is none of a customer’s, and store nothing.',
}

/** Wrong, missing and expired keys get 401 or 403, and nothing of what came with them is stored. */
export const authenticates: Check = {
  id: QUESTION.id,
  title: QUESTION.title,
  judge: (evidence) => judgeRefusals(QUESTION, evidence),
}

function keysOf(phases: readonly PhasePlan[]): string {
  const names = [...new Set(phases.map(({ credentials }) => credentials))].join(' or ')
  return names.startsWith('expired') ? `an ${names}` : `a ${names}`
}
