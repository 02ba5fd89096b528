import type { AuditFindings } from './audit.ts'
import type { Delivery } from './delivery.ts'
import type { OutcomeClass } from './outcome.ts'
import type { StatusMeaning } from './plan.ts'
import type { ConnectionStats } from './world.ts'

/** One fact in the ledger. Moments are milliseconds after the run's start unless they are called otherwise. */
export type Observation =
  | AttemptObservation
  | GaveUpObservation
  | WatermarkObservation
  | SampleObservation
  | MarkObservation
  | AnswerObservation
  | SecondOfferObservation
  | AuditObservation
  | EndObservation

/** One attempt, written when its outcome is known. */
export interface AttemptObservation extends Delivery {
  readonly kind: 'attempt'
  /** 1 for the first. */
  readonly attempt: number
  /** When this attempt was due; equals `dueMs` for the first. */
  readonly attemptDueMs: number
  /** Due, but the in-flight cap was full (or what had waited for it was still catching up): the target's doing. */
  readonly slotWaitMs: number
  /** A slot was free and squall was late: the generator's doing. Dispatch is at attemptDueMs + slotWaitMs + pumpLagMs. */
  readonly pumpLagMs: number
  /** From dispatch (before DNS, connect and TLS) to the outcome. */
  readonly latencyMs: number
  /** −1: an open connection was used again. */
  readonly connectMs: number
  readonly class: OutcomeClass
  readonly status: number
  readonly ambiguous: boolean
  /** What a 429 or a 503 says of when to come again, in whole seconds; 255: that, or more. Missing: it does not say. */
  readonly retryAfterS?: number
  /** Squall itself closed the connection once the request had left: no trouble of the target's. */
  readonly answerLost?: true
  /** What follows from it. */
  readonly next: NextStep
  /** The moment of the next attempt, with `next: 'retry'`; else 0. */
  readonly retryAtMs: number
}

/** `acked`, `rejected`: a status ended it · `exhausted`: no retries left · `retry`: again at `retryAtMs`. */
export type NextStep = 'acked' | 'rejected' | 'exhausted' | 'retry'

/** In the order of their codes in a ledger. */
export const NEXT_STEPS: readonly NextStep[] = ['acked', 'rejected', 'exhausted', 'retry']

/** A delivery with retries left that squall gave up, because the run ended before they were due. */
export interface GaveUpObservation {
  readonly kind: 'gave-up'
  readonly lane: number
  readonly seq: number
  readonly atMs: number
}

/** From now on whatever is due before `untilMs` may have been sent. Written before any of it is. */
export interface WatermarkObservation {
  readonly kind: 'watermark'
  readonly untilMs: number
}

/** A second of the generator's own health. */
export interface SampleObservation {
  readonly kind: 'sample'
  readonly atMs: number
  /** Longest time that the event loop was held up. */
  readonly loopDelayMaxMs: number
  /** CPU time of the process over wall time: 1 is one whole core. Null: the engine cannot see it. */
  readonly cpuRatio: number | null
  readonly rssMb: number | null
  readonly inFlight: number
  /** About so many deliveries and retries are due and wait. */
  readonly overdue: number
}

/** A moment with a name. */
export interface MarkObservation {
  readonly kind: 'mark'
  readonly atMs: number
  readonly mark: 'epoch' | 'phase' | 'signal' | 'restart' | 'stall' | 'stopped' | 'drained' | 'trouble'
  readonly text: string
}

/** An answer worth showing: one of the first few of its class and status. Its text is the endpoint's, so hostile. */
export interface AnswerObservation {
  readonly kind: 'answer'
  readonly atMs: number
  readonly lane: number
  readonly seq: number
  readonly attempt: number
  readonly class: OutcomeClass
  readonly status: number
  readonly text: string
}

/**
 * A delivery that a 4xx had ended, offered once more when the pressure was over. Evidence only: the delivery stays rejected, and this is none of
 * its attempts; but what was accepted must exist.
 */
export interface SecondOfferObservation {
  readonly kind: 'second-offer'
  readonly atMs: number
  readonly lane: number
  readonly seq: number
  /** What ended the delivery. */
  readonly firstStatus: number
  readonly class: OutcomeClass
  readonly status: number
  /** What the answer means by the run's retry policy. */
  readonly meaning: StatusMeaning
}

/** What the receipts said, and when they were read. The last one counts. */
export interface AuditObservation {
  readonly kind: 'audit'
  readonly findings: AuditFindings
}

/** The writer has nothing more to say: every attempt that began has its outcome above. */
export interface EndObservation {
  readonly kind: 'end'
  readonly atMs: number
  /** All that was planned was offered; false after a stop. */
  readonly complete: boolean
  /** Of this writer's transport, warming left out; missing where the engine cannot see it. */
  readonly connections?: ConnectionStats
}
