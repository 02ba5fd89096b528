import type { ReceiptSourceKind } from './receipt.ts'
import type { Tally } from './tally.ts'

/** What the receiver knows of one user in the end, as far as it tells. */
export interface StateLine {
  readonly userId: string
  readonly traits: Readonly<Record<string, unknown>>
  /** Fields beside them that somebody asked for by name. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/** Where final states are read. Each call reads them anew, from the beginning. */
export interface StateSource {
  readonly kind: ReceiptSourceKind
  /** For people; secrets masked. */
  readonly location: string
  /** @throws ReceiptsUnreadable with one line that says what, where and how to mend it */
  read(): AsyncIterable<readonly StateLine[]>
}

/** `orders`: the same events in another order end in an equal state · `event-time`: of each trait the value set last stays. */
export type StateRule = 'orders' | 'event-time'

/** What an audit read of final states, held against the events that made them. Users are counted over all namespaces as one. */
export interface StateFindings {
  readonly source: ReceiptSourceKind
  readonly location: string
  /** Empty unless the state could not be read to its end: then why, and nothing else here counts. */
  readonly unreadable: string
  readonly rule: StateRule
  readonly readings: number
  /** Whether the last two readings agreed. */
  readonly settled: boolean
  /** Lines of the last reading that are of this run's users. */
  readonly lines: number
  /** Users whose states were compared. */
  readonly compared: number
  /** Those of them of whom another identify arrived last than elsewhere (`event-time`: than happened last): the others cannot show much. */
  readonly reordered: number
  /** Traits of compared users that the state holds, all namespaces together. */
  readonly values: number
  /** Users left out because of a message that was not found (or is to be gone), or was found altered or misdated, or shares its moment with another. */
  readonly excluded: Readonly<Record<StateExclusion, number>>
  /** Users whose states differ, one example for each. */
  readonly differing: Tally<StateDifference>
}

export type StateExclusion = 'missing' | 'flawed' | 'tied'

/** How one user's states differ, by the fewest events that show it. */
export interface StateDifference {
  /**
   * `orders`: the trait's value is another in another order · `event-time`: it is not the one set last · `foreign`: none of the
   * user's events carried it · `absent`: the state has no line for the user.
   */
  readonly why: StateRule | 'foreign' | 'absent'
  /** Empty with `absent`. */
  readonly trait: string
  /** Who holds what. */
  readonly held: readonly { readonly namespace: number; readonly userId: string; readonly value: string }[]
  /** The identifies that carried these values, or should have been heard, in order of event time. */
  readonly events: readonly StateEvent[]
}

/** One identify as it came in each namespace that the difference is about, in the order of `held`. */
export interface StateEvent {
  readonly indices: readonly number[]
  readonly timestamp: string
  /** What it set the trait to; with `absent` all that it set. */
  readonly value: string
  /** When it was accepted, in milliseconds after the run's start; null: no answer says so. */
  readonly ackedAtMs: readonly (number | null)[]
}
