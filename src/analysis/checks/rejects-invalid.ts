import type { Check } from './check.ts'
import { judgeRefusals, type RefusalQuestion } from './judge-refusals.ts'

/** What the sender's own list has for calls that a receiver does not know. */
const NOT_SUPPORTED = 501

const QUESTION: RefusalQuestion = {
  id: 'rejects-invalid',
  title: 'Invalid input gets a 4xx',
  pick: ({ credentials, signature }) => credentials === 'own' && signature === 'right',
  suits: (status) => (status >= 400 && status < 500) || status === NOT_SUPPORTED,
  statuses: 'a 4xx',
  kinds: () => 'with invalid events',
  how: 'Send some: squall run invalid.',
  fix: 'Check what comes before it is used: answer 400 to what can never be stored. After a 5xx it comes again for hours, and after a 2xx nobody learns of it.',
}

/** Invalid input gets a 4xx, and only that: it is not stored, and breaks nothing. */
export const rejectsInvalid: Check = {
  id: QUESTION.id,
  title: QUESTION.title,
  judge: (evidence) => judgeRefusals(QUESTION, evidence),
}
