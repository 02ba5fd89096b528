import { acceptsValid } from './accepts-valid.ts'
import type { Check } from './check.ts'
import { eventTime } from './event-time.ts'
import { idempotent } from './idempotent.ts'
import { noLoss } from './no-loss.ts'
import { noPhantom } from './no-phantom.ts'
import { unaltered } from './unaltered.ts'

/** Every check there is, in the order in which verdicts are shown by default. */
export const ALL_CHECKS: readonly Check[] = [noLoss, noPhantom, idempotent, unaltered, eventTime, acceptsValid]
