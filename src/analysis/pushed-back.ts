import type { AttemptObservation } from '../model/observation.ts'

/** Not taken, for trouble that passes: it is the target's, and nothing that squall did on purpose. */
export function isPushedBack({ class: outcomeClass, status }: AttemptObservation): boolean {
  if (outcomeClass === '4xx') return status === 429 || status === 408
  return outcomeClass !== '2xx' && outcomeClass !== '3xx' && outcomeClass !== 'local'
}
