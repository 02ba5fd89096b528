/** One request as the HTTP Tracking API meets it. */
export interface StreamRequest {
  readonly method: string
  /** Without a query. */
  readonly path: string
  /** The write key in the head; undefined: whoever sends shows it in the body. */
  readonly writeKey: string | undefined
  /** Uncompressed; undefined: it could not be, or came to more than any request may carry. */
  readonly body: Uint8Array | undefined
  /** The receiver's own clock, epoch milliseconds. */
  readonly receivedAtMs: number
}
