import type { Delivery } from './delivery.ts'

/** How a run that was cut off goes on, as far as its ledger tells. Moments are those of the run's own time. */
export interface Resumption {
  /** Where the run's time goes on: the last watermark. What passed between the cut and now is left out of it. */
  readonly fromMs: number
  /** By lane: what is due from this moment on was never sent. */
  readonly openUntilMs: readonly number[]
  /** What was sent, or may have been, and has no end on record. */
  readonly unfinished: readonly UnfinishedDelivery[]
  /** What is on record, for people who watch the rest. */
  readonly before: { readonly sent: number; readonly acked: number; readonly attempts: number }
}

export interface UnfinishedDelivery {
  readonly delivery: Delivery
  /** Attempts on record. */
  readonly attempts: number
  /** When the first of them was dispatched; the due moment where none is on record. */
  readonly firstDispatchMs: number
  /** Sum of the retry delays so far, before `timeScale`. */
  readonly delaysMs: number
  /** Retries so far that used up none. */
  readonly freeRetries: number
  /** When the next attempt is due; null: it may have been made, and nobody knows what it met. */
  readonly retryAtMs: number | null
}
