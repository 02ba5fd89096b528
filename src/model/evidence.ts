import type { AuditFindings, Tally } from './audit.ts'
import type { BitSet } from './bit-set.ts'
import type { Traffic } from './message.ts'
import type { Plan } from './plan.ts'
import type { Summary } from './report.ts'
import type { RunHeader } from './run-header.ts'

/** All that a check may judge by: what the ledger amounts to, and what the receipts said. */
export interface Evidence {
  readonly plan: Plan
  readonly header: RunHeader
  readonly summary: Summary
  readonly standings: Standings
  readonly repeats: RepeatFacts
  /** Null where no receipts were asked for. */
  readonly findings: AuditFindings | null
  /** Names the messages that a verdict shows. Absent where they cannot be made again: then they are shown by index alone. */
  readonly traffic?: Traffic
}

/**
 * What each message's deliveries say of it, as bit sets over message ordinals. In `must`: some copy was acked. In `may` alone:
 * something was sent and nothing acked. In neither: never sent.
 */
export interface Standings {
  readonly must: BitSet
  /** Whatever was sent: contains `must`. */
  readonly may: BitSet
  /** Some delivery ended rejected and none was acked. */
  readonly refused: Tally<{ readonly index: number; readonly status: number; readonly attempts: number }>
  readonly refusedSet: BitSet
  /** Moment of the first ack by ordinal, in milliseconds after the run's start; NaN: none. */
  readonly ackedAtMs: Float32Array
}

/** What became of deliveries whose message an earlier or simultaneous delivery had carried. */
export interface RepeatFacts {
  /** Such deliveries that were sent. */
  readonly sent: number
  readonly acked: number
  /** Those that ended neither acked, ambiguous, abandoned nor by running out of retries on 429, 5xx or timeouts. */
  readonly refused: Tally<{ readonly index: number; readonly status: number }>
  /** Longest time between two attempts of one message that were both answered 2xx; 0: there were none. */
  readonly spanMaxMs: number
}
