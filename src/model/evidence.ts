import type { AuditFindings } from './audit.ts'
import type { BitSet } from './bit-set.ts'
import type { Deletion, ErasedMessages } from './deletion.ts'
import type { Traffic } from './message.ts'
import type { LimitFacts, PaceFacts } from './pace-facts.ts'
import type { Plan } from './plan.ts'
import type { Summary } from './report.ts'
import type { RunHeader } from './run-header.ts'
import type { StreamPace, StreamSpecFacts } from './stream-facts.ts'
import type { Tally } from './tally.ts'

/** All that a check may judge by: what the ledger amounts to, and what the receipts said. */
export interface Evidence {
  readonly plan: Plan
  readonly header: RunHeader
  readonly summary: Summary
  readonly standings: Standings
  readonly repeats: RepeatFacts
  /** In the order of `header.asks.objectives.latency`. */
  readonly limits: readonly LimitFacts[]
  readonly secondOffers: SecondOfferFacts
  readonly paces: PaceFacts
  /** Absent: the run is no Stream's. */
  readonly streamPace?: StreamPace
  /** What the Stream rules say of what was sent. Absent: nobody asked, or the messages cannot be made again. */
  readonly streamSpec?: StreamSpecFacts
  /** In the order of `plan.phases`. */
  readonly phaseEnds: readonly PhaseEnds[]
  /** People whom the run deletes, as far as their delete calls may have left. Absent: it deletes nobody, or nobody can tell whom. */
  readonly deletions?: readonly Deletion[]
  /** When the receiver was killed on purpose, to be started again; milliseconds after the run's start. Absent: it was not. */
  readonly restartedAtMs?: number
  /** Squall was stopped by a signal or killed: what is missing is not the target's doing. */
  readonly cutShort: boolean
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
  /** Sent in phases that a sound receiver refuses: in `may`, and never in `must` or `refused`, whatever the receiver said. */
  readonly unwelcome: BitSet
  /** Some delivery ended rejected and none was acked; a second offer changes nothing about that. */
  readonly refused: Tally<{ readonly index: number; readonly status: number; readonly attempts: number }>
  /** Those of them that no second offer brought in. */
  readonly refusedSet: BitSet
  /** Moment of the first ack by ordinal, in milliseconds after the run's start; NaN: none. */
  readonly ackedAtMs: Float32Array
  /** Of people whom the run deletes: in `may` alone, whatever was acked of them. Absent: it deletes nobody. */
  readonly erased?: ErasedMessages
}

/** In which envelopes messages may have been sent, as sets over message ordinals. */
export interface Ways {
  readonly live: BitSet
  readonly replayed: BitSet
}

/** What became of deliveries all of whose messages earlier or simultaneous deliveries had carried. */
export interface RepeatFacts {
  /** Such deliveries that were sent. */
  readonly sent: number
  readonly acked: number
  /** Those that ended neither acked, ambiguous, abandoned nor by running out of retries on 429, 5xx or timeouts, though all they carried was acked once. */
  readonly refused: Tally<{ readonly index: number; readonly status: number }>
  /** Longest time between two attempts of one message that were both answered 2xx; 0: there were none. */
  readonly spanMaxMs: number
}

/** How the deliveries of a phase ended. */
export interface PhaseEnds {
  readonly sent: number
  readonly accepted: Tally<EndExample>
  /** Ended by a status, and how many by which. Of each status there are a few examples. */
  readonly rejected: Tally<EndExample>
  readonly rejectedBy: Readonly<Record<string, number>>
  /** Given up after several attempts, the last of which met a 5xx or no answer at all (status 0). */
  readonly broken: Tally<EndExample>
  /** All others: of these nobody knows what the receiver makes of them. */
  readonly undecided: number
  /** Attempts that reached the receiver, and those of them that met a 5xx. */
  readonly attempts: number
  readonly serverErrors: number
  /** Attempts that came to the receiver, or should have, and to no whole answer. */
  readonly unanswered: number
}

export interface EndExample {
  readonly index: number
  readonly status: number
}

/** What became of deliveries that a 4xx had ended and that were offered once more after the pressure. */
export interface SecondOfferFacts {
  /** Deliveries that a 4xx ended. */
  readonly refused: number
  readonly offered: number
  readonly accepted: Tally<{ readonly index: number; readonly firstStatus: number }>
  /** Refused again with a status that ends retries. */
  readonly refusedAgain: number
}
