/** One request as a receiver meets it. */
export interface PartnerRequest {
  readonly method: string
  readonly body: Uint8Array
  /** The receiver's own clock, epoch milliseconds. */
  readonly receivedAtMs: number
  /** Value of X-Signature, if there was one. */
  readonly signature?: string | undefined
  /** Whose event it is: see `accountOf`. */
  readonly account: string
}

/** What a key is worth at a moment: good, good once, or nobody's. */
export type KeyStanding = 'good' | 'expired' | 'unknown'
