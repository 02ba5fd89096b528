import { acceptsValid } from './accepts-valid.ts'
import { authenticates } from './authenticates.ts'
import type { Check } from './check.ts'
import { deletes } from './deletes.ts'
import { eventTime } from './event-time.ts'
import { https } from './https.ts'
import { idempotent } from './idempotent.ts'
import { latency } from './latency.ts'
import { liveUnderReplay } from './live-under-replay.ts'
import { noLoss } from './no-loss.ts'
import { noPhantom } from './no-phantom.ts'
import { noSideEffects } from './no-side-effects.ts'
import { orderIndependent } from './order-independent.ts'
import { rateLimits } from './rate-limits.ts'
import { recovers } from './recovers.ts'
import { rejectsInvalid } from './rejects-invalid.ts'
import { replayBurst } from './replay-burst.ts'
import { retryDiscipline } from './retry-discipline.ts'
import { serverErrors } from './server-errors.ts'
import { steady } from './steady.ts'
import { streamDiscards } from './stream-discards.ts'
import { streamRate } from './stream-rate.ts'
import { streamSpec } from './stream-spec.ts'
import { successRate } from './success-rate.ts'
import { throughput } from './throughput.ts'
import { tolerant } from './tolerant.ts'
import { unaltered } from './unaltered.ts'
import { understood } from './understood.ts'
import { verifiesSignature } from './verifies-signature.ts'
import { visibleInTime } from './visible-in-time.ts'

/** Every check there is, in the order in which verdicts are shown by default. */
export const ALL_CHECKS: readonly Check[] = [
  noLoss,
  noPhantom,
  idempotent,
  unaltered,
  eventTime,
  acceptsValid,
  tolerant,
  rejectsInvalid,
  authenticates,
  verifiesSignature,
  https,
  orderIndependent,
  deletes,
  understood,
  noSideEffects,
  retryDiscipline,
  rateLimits,
  recovers,
  steady,
  liveUnderReplay,
  replayBurst,
  visibleInTime,
  latency,
  throughput,
  serverErrors,
  successRate,
  streamRate,
  streamSpec,
  streamDiscards,
]
