import type { Delivery } from '../model/delivery.ts'
import type { AttemptObservation } from '../model/observation.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Attempt } from '../model/world.ts'
import { type AttemptHistory, type RetryDecision, retryAfterS } from './retry-policy.ts'

/** What has become of a delivery before, in a part of the run that was cut off. */
export interface LifeSoFar {
  readonly attempts: number
  readonly delaysMs: number
  readonly freeRetries?: number
  readonly firstDispatchMs: number
  readonly attemptDueMs: number
  readonly unanswered: boolean
}

/** A delivery from its first dispatch to its end. The pump moves it on; nothing else changes it. */
export class Life {
  readonly delivery: Delivery
  attempts = 0
  /** Sum of the retry delays so far, before `timeScale`. */
  delaysMs = 0
  /** Retries so far that used up none. */
  freeRetries = 0
  firstDispatchMs = 0
  attemptDueMs: number
  dispatchMs = 0
  slotWaitMs = 0
  /** The attempt under way. */
  attempt: Attempt | undefined

  /** Its last attempt has no outcome on record, and never will. */
  unanswered = false

  constructor(delivery: Delivery, soFar?: LifeSoFar) {
    this.delivery = delivery
    this.attemptDueMs = delivery.dueMs
    if (soFar === undefined) return
    this.attempts = soFar.attempts
    this.delaysMs = soFar.delaysMs
    this.freeRetries = soFar.freeRetries ?? 0
    this.firstDispatchMs = soFar.firstDispatchMs
    this.attemptDueMs = soFar.attemptDueMs
    this.unanswered = soFar.unanswered
  }

  dispatched(atMs: number, slotWaitMs: number): void {
    this.attempts++
    this.unanswered = false
    if (this.attempts === 1) this.firstDispatchMs = atMs
    this.dispatchMs = atMs
    this.slotWaitMs = slotWaitMs
  }

  historyAt(nowMs: number): AttemptHistory {
    const { attempts, delaysMs, freeRetries } = this
    return { attempts, elapsedMs: nowMs - this.firstDispatchMs, delaysMs, freeRetries }
  }

  /** Takes in what follows from the attempt that ended at `atMs`, and gives the row that the ledger keeps of it. */
  ended(outcome: Outcome, decision: RetryDecision, atMs: number): AttemptObservation {
    const { lane, seq, phase, index, size, copy, dueMs } = this.delivery
    const observation: AttemptObservation = {
      kind: 'attempt',
      lane,
      seq,
      phase,
      index,
      size,
      copy,
      dueMs,
      attempt: this.attempts,
      attemptDueMs: this.attemptDueMs,
      slotWaitMs: this.slotWaitMs,
      pumpLagMs: this.dispatchMs - this.attemptDueMs - this.slotWaitMs,
      latencyMs: atMs - this.dispatchMs,
      connectMs: outcome.connectMs,
      class: outcome.class,
      status: outcome.status,
      ambiguous: outcome.ambiguous,
      next: decision.next,
      retryAtMs: decision.next === 'retry' ? atMs + decision.waitMs : 0,
    }
    this.attempt = undefined
    this.attemptDueMs = observation.retryAtMs
    this.delaysMs += decision.delayMs
    if (decision.free) this.freeRetries++
    return withRarities(observation, outcome)
  }
}

/** Most rows have nothing of this, and are made in one go. */
function withRarities(observation: AttemptObservation, outcome: Outcome): AttemptObservation {
  const asked = askedToWait(outcome)
  if (asked === undefined && !outcome.answerLost) return observation
  return { ...observation, ...asked, ...(outcome.answerLost && { answerLost: true as const }) }
}

/** Of an answer that may well be asked for again: 429 and 503. */
function askedToWait({ status, retryAfter }: Outcome): Pick<AttemptObservation, 'retryAfterS'> | undefined {
  const seconds = status === 429 || status === 503 ? retryAfterS(retryAfter) : undefined
  return seconds === undefined ? undefined : { retryAfterS: Math.min(seconds, RETRY_AFTER_MAX_S) }
}

const RETRY_AFTER_MAX_S = 255
