import type { ReceiptSourceKind } from './receipt.ts'

/** What the receiver says that it took and did not keep. */
export interface DiscardLine {
  /** Absent: the line only counts. */
  readonly messageId?: string
  /** Why, in the receiver's words, such as `no_user_anon_id`; empty: it does not say. */
  readonly code: string
  /** How many events the line stands for. */
  readonly count: number
}

/** Where the receiver's discards are read. Each call reads them anew, from the beginning. */
export interface DiscardSource {
  readonly kind: ReceiptSourceKind
  /** For people; secrets masked. */
  readonly location: string
  /** @throws ReceiptsUnreadable with one line that says what, where and how to mend it */
  read(): AsyncIterable<readonly DiscardLine[]>
}

/** What an audit read of discards. */
export interface DiscardFindings {
  readonly location: string
  /** Empty unless they could not be read to their end: then why, and nothing else here counts. */
  readonly unreadable: string
  readonly lines: number
  /** Discards of this run's messages, by code, the most frequent first. */
  readonly byCode: readonly DiscardsOfCode[]
  /** Discards that name no message, by code: whose they are nobody knows. */
  readonly unnamed: readonly CountOfCode[]
}

export interface CountOfCode {
  readonly code: string
  /** Copies: a message may be discarded more than once. */
  readonly events: number
}

export interface DiscardsOfCode extends CountOfCode {
  /** Which messages: a bit set over ordinals, in base64. */
  readonly messages: string
}

/** What the receiver calls an event that it knows already: absorbed, and lost only where the event it knows is not there. */
export const ABSORBED = 'duplicate'
