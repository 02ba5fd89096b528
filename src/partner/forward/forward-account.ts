/** What became of the events that were to be forwarded. `made` is the sum of the others, `uncertain` aside. */
export interface ForwardAccount {
  readonly made: number
  readonly accepted: number
  /** With a status that ends retries. */
  readonly refused: number
  /** Retries ran out, or the time to drain. */
  readonly givenUp: number
  /** Those given up that may have been taken all the same. */
  readonly uncertain: number
  /** Never tried: too large for the API, no room to keep them, or too late. */
  readonly notSent: number
  /** Under way, or still to go. */
  readonly waiting: number
}
