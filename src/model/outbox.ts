import type { ReceiptSourceKind } from './receipt.ts'
import type { Tally } from './tally.ts'

/** Something that the receiver sent to the outside, as far as it tells. */
export interface OutboxLine {
  /** The message that made it do so. */
  readonly messageId?: string
  readonly userId?: string
  /** Where it went, such as an e-mail address. */
  readonly to?: string
}

/** Where the receiver's outbox is read. Each call reads it anew, from the beginning. */
export interface OutboxSource {
  readonly kind: ReceiptSourceKind
  /** For people; secrets masked. */
  readonly location: string
  /** @throws ReceiptsUnreadable with one line that says what, where and how to mend it */
  read(): AsyncIterable<readonly OutboxLine[]>
}

/** What an audit read of an outbox, held against how the run's messages came. */
export interface OutboxFindings {
  readonly location: string
  /** Empty unless the outbox could not be read to its end: then why, and nothing else here counts. */
  readonly unreadable: string
  readonly lines: number
  /** Lines that this run's messages or people caused. */
  readonly ownLines: number
  /** What live messages were sent out for, such as `identify` or `track Order Completed`, in alphabetical order. */
  readonly kinds: readonly string[]
  /** Messages of these kinds that came in a replay. */
  readonly replayed: number
  /** Things sent out for messages, or for people, that came in a replay alone. */
  readonly forReplay: Tally<SentOut>
  /** Messages that came live and in a replay, and for which the same was sent out more than once. */
  readonly again: Tally<SentOut>
}

export interface SentOut {
  /** Null: the line names a user or an address alone. */
  readonly index: number | null
  readonly to: string
  /** How many lines say so. */
  readonly times: number
}
