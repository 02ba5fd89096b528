/**
 * What the receiver's own store says that it holds: one record. Beside `messageId` it carries as much as the store can tell; a key
 * that begins with `/` is a JSON Pointer into the event. A null is "not carried".
 */
export interface Receipt {
  readonly messageId: string
  readonly type?: unknown
  readonly userId?: unknown
  /** The event time as stored: ISO 8601 text, or a number in the store's own unit since the epoch. */
  readonly timestamp?: unknown
  /** The store's own clock; never compared. */
  readonly receivedAt?: unknown
  readonly event?: unknown
  /** The customer whose record it is, by the name that the scenario gives. */
  readonly account?: unknown
  /** The event as stored: JSON text, as characters or in UTF-8, or the value itself. */
  readonly body?: unknown
  /** SHA-256, hex, of the canonical JSON (RFC 8785) of the event without the store's own fields. */
  readonly digest?: unknown
  /** What a state knows of a user: on its lines the userId stands where receipts have the messageId. */
  readonly traits?: unknown
  /** Fields of the store's own that somebody asked for by name. */
  readonly extra?: Readonly<Record<string, unknown>>
  readonly [pointer: `/${string}`]: unknown
}

export type ReceiptSourceKind = 'http' | 'file' | 'command' | 'sqlite' | 'postgres'

/** Where receipts are read. Each call reads the store anew, from its beginning. */
export interface ReceiptSource {
  readonly kind: ReceiptSourceKind
  /** For people; secrets masked. */
  readonly location: string
  /** @throws ReceiptsUnreadable with one line that says what, where and how to mend it */
  read(): AsyncIterable<readonly Receipt[]>
}

export class ReceiptsUnreadable extends Error {
  override readonly name = 'ReceiptsUnreadable'
}
