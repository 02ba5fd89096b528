import type { Disturbance } from '../../model/disturbance.ts'
import type { Scenario } from '../../scenario/schema.ts'
import type { Need } from './need.ts'

/** How fast the suite goes. */
export interface Pace {
  /** Deliveries per second of ordinary live traffic; everything else is in proportion. */
  readonly perSecond: number
  /** What the endpoint is said to take; null: not declared. */
  readonly declaredPerSecond: number | null
}

/** One run of the suite. */
export interface Experiment {
  readonly id: string
  readonly title: string
  /** What is sent and what it shows, in a sentence. */
  readonly about: string
  /** Without these it is not sent. */
  readonly needs: readonly Need[]
  /** Verdicts of its scenario that cannot be asked for without these. */
  readonly verdictNeeds?: Readonly<Record<string, Need>>
  /** Of a replay, whose messages are an earlier run's, only its name and what is asked count. */
  readonly scenario: (pace: Pace) => Scenario
  /** Its messages are those of the suite's steady traffic, or of the run given with `--again`. */
  readonly replays?: 'steady' | 'again'
  /** What a relay in front of the endpoint does meanwhile. */
  readonly disturbance?: Disturbance
  /** The endpoint is killed and started again in the middle. */
  readonly restarts?: boolean
  /** Against an embedded partner of its own, whose keys live as long as the scenario wants. */
  readonly ownPartner?: boolean
  /** The same messageIds as those of the suite's steady traffic, from another customer. */
  readonly asSecondCustomer?: boolean
}
