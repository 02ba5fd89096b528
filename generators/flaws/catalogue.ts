import { ENVELOPES } from './envelopes.ts'
import type { FlawChanges } from './flaw-change.ts'
import { IDENTITIES } from './identities.ts'
import { NAMES } from './names.ts'
import { TIMES } from './times.ts'
import { VALUES } from './values.ts'
import { VIOLATIONS } from './violations.ts'

/** How each flaw is put into an event. What they mean stands in the model. */
export const FLAW_CHANGES: FlawChanges = {
  ...ENVELOPES,
  ...NAMES,
  ...VALUES,
  ...IDENTITIES,
  ...TIMES,
  ...VIOLATIONS,
}
