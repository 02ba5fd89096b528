import type { ErasureFindings } from './deletion.ts'
import type { DiscardFindings } from './discards.ts'
import type { UnderstandingFindings } from './expectation.ts'
import type { OtherRuns } from './other-runs.ts'
import type { OutboxFindings } from './outbox.ts'
import type { ReceiptSourceKind } from './receipt.ts'
import type { StateFindings } from './state.ts'
import type { Tally } from './tally.ts'

/**
 * What an audit read in the receiver's own store, held against what this run's messages are. Facts, not judgement: a better check
 * can judge them later. Sets of messages are bit sets over ordinals (`messages.ordinalOf`), in base64.
 */
export interface AuditFindings {
  readonly source: ReceiptSourceKind
  /** Where the receipts came from, secrets masked. */
  readonly location: string
  /** Empty unless the receipts could not be read to their end: then why, and nothing else here counts. */
  readonly unreadable: string
  /** From the run's start to the last reading's begin and end. */
  readonly readFromMs: number
  readonly readToMs: number
  /** How many times the source was read, and whether the last two readings agreed. */
  readonly readings: number
  readonly settled: boolean
  /** Records read in the last reading, those of other runs included. */
  readonly records: number
  /** Messages of this run found at least once: a bit set, and its count. */
  readonly found: string
  readonly foundCount: number
  /** Which of the optional fields some record of this run carried. */
  readonly carried: readonly ReceiptField[]
  /** Messages stored more than once. */
  readonly duplicated: Tally<{ readonly index: number; readonly records: number }>
  /** Records with this run's mark whose id this run never made, or whose message was never planned. */
  readonly strangers: Tally<{ readonly messageId: string; readonly why: string }>
  /** Records whose content differs from what was sent; `compared` counts the records that could be compared. */
  readonly altered: Tally<{
    readonly index: number
    readonly pointer: string
    readonly expected: string
    readonly actual: string
  }>
  readonly comparedContent: number
  /** Records whose event time is not the event's instant, in the store's own unit. */
  readonly misdated: Tally<{ readonly index: number; readonly expected: string; readonly actual: string }>
  readonly comparedTime: number
  /** The unit in which the store keeps event times, in milliseconds; 0: no record carried one that could be read. */
  readonly timeUnitMs: number
  /** From an ack to the first reading that found the message: null where it was not followed. */
  readonly visibleMs: { readonly p50: number | null; readonly p99: number | null }
  /** Absent: an older squall read them. */
  readonly timeliness?: TimelinessFacts
  /** Messages of which some record is altered or misdated: a bit set. Absent: there are none. */
  readonly flawed?: string
  /** What the final states said. Absent: nobody asked. */
  readonly states?: StateFindings
  /** What of people whom the run deletes the receiver still shows. Absent: it deletes nobody. */
  readonly erased?: ErasureFindings
  /** What the store holds in place of this run's messages. Absent: it holds one of them, or nothing of other runs alone. */
  readonly others?: OtherRuns
  /** What the receiver made of events, one for each of the run's expectations. Absent: there are none. */
  readonly understood?: readonly UnderstandingFindings[]
  /** What the receiver sent out. Absent: nobody asked. */
  readonly outbox?: OutboxFindings
  /** What the receiver took and did not keep, as it says itself. Absent: nobody asked. */
  readonly discards?: DiscardFindings
  /** Where event times are corrected by the sender's clock: what that allowed them. Absent: they are as sent. */
  readonly correction?: CorrectionFacts
}

/** A receiver that knows when a batch left by the sender's clock adds the time of its way to the events' times. */
export interface CorrectionFacts {
  /** The longest way that any attempt can have had. */
  readonly allowedMs: number
  /** By how much stored times lay behind the events' own, at least and at most; null: none was compared. */
  readonly shiftMinMs: number | null
  readonly shiftMaxMs: number | null
  /** Records that carry receivedAt, sentAt and originalTimestamp beside their time, and those whose time does not follow from them. */
  readonly told: number
  readonly wrong: number
}

/** Whether acknowledged messages could be read in time. */
export interface TimelinessFacts {
  readonly limitMs: number
  /** Those acknowledged so shortly before the first reading that it could find them in time. */
  readonly followed: number
  /** Those that a reading missed although it began after their time. */
  readonly late: number
  /** Those of which the readings do not say. */
  readonly open: number
}

export type ReceiptField = 'type' | 'userId' | 'timestamp' | 'receivedAt' | 'event' | 'body' | 'digest' | 'pointer'
