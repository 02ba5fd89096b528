/** A mail that an event made a receiver send. */
export interface SentMail {
  /** The address. Hostile text, as is all that comes from the event. */
  readonly to: string
  readonly messageId: string
  readonly type: string
  readonly userId: string | null
  readonly json: Readonly<Record<string, unknown>>
  /** When the event came, by the receiver's clock, epoch milliseconds. */
  readonly receivedAtMs: number
}
