import { ERROR, type EventRule, type Rule } from '../rule.ts'
import { CALL_RULES } from './calls.ts'
import { CONSENT_RULES } from './consent.ts'
import { CONTENT_RULES } from './contents.ts'
import { CONTEXT_RULES } from './context.ts'
import { NAME_RULES } from './names.ts'
import { BATCH_RULES, EVENT_SIZE_RULES } from './sizes.ts'
import { REQUEST_RULES, STREAM_RULES } from './stream.ts'
import { TIME_RULES } from './times.ts'

/** What is read is no event at all: said by the reader, whatever the rest. */
export const UNREADABLE: Rule<never> = {
  id: 'bad_request',
  severity: ERROR,
  says: 'this cannot be read as an event or a request',
  mend: 'write one JSON object a line, in UTF-8, without comments or line breaks within',
  check: () => undefined,
}

export const EVENT_RULES: readonly EventRule[] = [
  ...CALL_RULES,
  ...TIME_RULES,
  ...CONTEXT_RULES,
  ...NAME_RULES,
  ...CONTENT_RULES,
  ...CONSENT_RULES,
  ...EVENT_SIZE_RULES,
  ...STREAM_RULES,
]

/** Every rule, in the order in which findings of like weight are shown. */
export const ALL_RULES: readonly Pick<Rule<never>, 'id' | 'severity' | 'says' | 'mend'>[] = [
  UNREADABLE,
  ...REQUEST_RULES,
  ...BATCH_RULES,
  ...EVENT_RULES,
]
