/**
 * What became of a delivery: `rejected`: a status ended it · `exhausted`: no retries left, nothing can have been stored · `ambiguous`: it may have
 * been stored and nobody said so · `abandoned`: squall stopped with retries left and nothing unanswered · `notSent`: no attempt was made.
 */
export type DeliveryEnd = 'acked' | 'rejected' | 'exhausted' | 'ambiguous' | 'abandoned' | 'notSent'

/** A delivery that did not end acked. */
export interface UnackedDelivery {
  readonly lane: number
  readonly seq: number
  /** Which message it carries, of a batch the first; and how many. */
  readonly index: number
  readonly size: number
  readonly end: Exclude<DeliveryEnd, 'acked'>
  /** Of its last attempt on record; 0: no status line was read, or no attempt is on record. */
  readonly lastStatus: number
  /** Attempts on record. */
  readonly attempts: number
}
