export type CallType = 'identify' | 'track' | 'page' | 'screen' | 'group' | 'alias' | 'delete'

/** How an event is wrapped: as it happened, or as a replay of history sends it. */
export type Envelope = 'live' | 'replay'

/** One Spec event, ready to be sent. */
export interface Message {
  readonly index: number
  readonly messageId: string
  readonly type: CallType
  /** The event as UTF-8 JSON. Never written to once returned, unless it is only lent. */
  readonly bytes: Uint8Array
}

/** A run's messages, each by its index, in any order. Made by the generators from corpus, plan and header. */
export interface Traffic {
  messageAt(index: number, envelope: Envelope): Message
  /** The same for who is done with it at once, made in less time: its bytes are written over by the next one that is lent. */
  lentAt(index: number, envelope: Envelope): Message
  /** The event's instant (its `timestamp`), in epoch milliseconds. */
  timestampMsAt(index: number): number
  messageIdAt(index: number): string
  typeAt(index: number): CallType
  /** Name of the flaw that was put into the message on purpose; empty: none. */
  flawAt(index: number): string
  /** Number of the user whose visit the message belongs to: the same in every namespace, and no identifier. */
  userAt(index: number): number
  /**
   * The index whose messageId of this run it is; undefined for every other text.
   * @param namespace whose, where two have ids in common; the first unless given
   */
  indexOf(messageId: string, namespace?: number): number | undefined
  /** What every userId of this run begins with: `sq_<run>_`. Of a replay with messages of its own: that of either run. */
  readonly userIdPrefixes: readonly string[]
}

/** Message indices are `namespace * NAMESPACE_STRIDE + n`; both stay within 48 bits. */
export const NAMESPACE_STRIDE: number = 2 ** 36
