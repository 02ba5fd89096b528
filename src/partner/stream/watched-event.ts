/** An event that a request with an accepting answer brought, as whoever watches the embedded API is told of it. Once told it never changes. */
export interface WatchedEvent {
  /** When it came, in epoch milliseconds. */
  readonly atMs: number
  /** What its source is called; never its write key. Empty where no source has the key that came. */
  readonly source: string
  /** Empty where it has none. */
  readonly messageId: string
  readonly type: string
  /** The name of a track call; null for others. */
  readonly event: string | null
  readonly userId: string | null
  /** Its JSON, as it came. Read for few of many, so it may be made when it is asked for. */
  readonly text: string
  /** Why it was discarded though the answer said 200: an ingest code. Undefined: it was stored. */
  readonly code?: string | undefined
}
