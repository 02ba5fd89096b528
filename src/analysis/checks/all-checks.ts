import { acceptsValid } from './accepts-valid.ts'
import type { Check } from './check.ts'
import { eventTime } from './event-time.ts'
import { idempotent } from './idempotent.ts'
import { latency } from './latency.ts'
import { noLoss } from './no-loss.ts'
import { noPhantom } from './no-phantom.ts'
import { orderIndependent } from './order-independent.ts'
import { recovers } from './recovers.ts'
import { retryDiscipline } from './retry-discipline.ts'
import { serverErrors } from './server-errors.ts'
import { successRate } from './success-rate.ts'
import { throughput } from './throughput.ts'
import { unaltered } from './unaltered.ts'

/** Every check there is, in the order in which verdicts are shown by default. */
export const ALL_CHECKS: readonly Check[] = [
  noLoss,
  noPhantom,
  idempotent,
  unaltered,
  eventTime,
  acceptsValid,
  orderIndependent,
  retryDiscipline,
  recovers,
  latency,
  throughput,
  serverErrors,
  successRate,
]
