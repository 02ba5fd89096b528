import type { OutcomeClass } from './outcome.ts'
import type { Plan } from './plan.ts'
import type { RunHeader } from './run-header.ts'

/** What k6's script of an arrival rate is given: it stands before the script's own code, in the same file. */
export interface ArrivalEvents {
  /** Its main phase is what k6 plays, unless it is told another rate. */
  readonly plan: Plan
  readonly asks: RunHeader['asks']
  readonly environment: RunHeader['environment']
  /** The corpus as text. */
  readonly corpus: string
  /** With `env:NAME` where a secret is to stand. */
  readonly credentials: {
    readonly apiKey: string
    readonly headers: readonly string[]
    readonly sharedSecret?: string
  }
  /** Empty: k6 is told one, on loopback. */
  readonly target: string
  /** Only within the caps of a consent that nothing proves. */
  readonly capped: boolean
}

/**
 * What such a run says of itself, as JSON: k6 keeps it as the data of its set-up, and its summary shows it under this name. As a text,
 * because k6 gives objects back with their members in another order, and the mix of journeys has one.
 */
export const ARRIVAL_RUN = 'squall'

export interface ArrivalRun {
  readonly plan: Plan
  readonly header: RunHeader
}

/** How a delivery that is tried once may end. */
export const SINGLE_ENDS = ['acked', 'rejected', 'exhausted', 'ambiguous'] as const

export type SingleEnd = (typeof SINGLE_ENDS)[number]

/** Names of what the script counts in k6, beside k6's own metrics. */
export const ARRIVAL_METRICS: {
  readonly end: (end: SingleEnd) => string
  readonly outcomeClass: (name: OutcomeClass) => string
  readonly latency: string
} = {
  end: (end) => `squall_${end}`,
  outcomeClass: (name) => `squall_class_${name}`,
  latency: 'squall_latency',
}
