/** The verdicts that can be asked for; a scenario that names none asks for all of them. */
export const VERDICTS: readonly string[] = [
  'no-loss',
  'no-phantom',
  'idempotent',
  'unaltered',
  'event-time',
  'accepts-valid',
]
