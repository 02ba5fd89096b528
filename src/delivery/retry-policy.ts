import type { Delivery } from '../model/delivery.ts'
import { unit } from '../model/hash.ts'
import type { NextStep } from '../model/observation.ts'
import type { Outcome } from '../model/outcome.ts'
import type { RetryPlan, StatusMeaning } from '../model/plan.ts'

/** What is known of a delivery when an attempt of it has ended. */
export interface AttemptHistory {
  /** Attempts made so far, 1 or more. */
  readonly attempts: number
  /** Since the first attempt was dispatched. */
  readonly elapsedMs: number
  /** Sum of the delays waited so far, before `timeScale`. */
  readonly delaysMs: number
}

export interface RetryDecision {
  readonly next: NextStep
  /** How long to wait before the next attempt; 0 unless `next` is `retry`. */
  readonly waitMs: number
  /** The same before `timeScale`: what counts towards the window. */
  readonly delayMs: number
}

/**
 * What follows from an outcome. The delays double from `firstDelayMs`, each multiplied by a draw; the one that would fall beyond the
 * window is made at its end, and nothing comes after it.
 * @param draw a fraction in [0, 1)
 */
export function decide(plan: RetryPlan, outcome: Outcome, history: AttemptHistory, draw: number): RetryDecision {
  const end = settled(plan, outcome)
  if (end !== undefined) return end
  const spentMs = plan.timeScale === 1 ? history.elapsedMs : history.delaysMs
  const leftMs = plan.windowMs - spentMs
  if (plan.policy === 'none' || history.attempts > plan.retriesMax || leftMs <= 0) return EXHAUSTED
  const nominalMs = plan.firstDelayMs * 2 ** (history.attempts - 1)
  const delayMs = Math.min(leftMs, nominalMs * (1 - plan.jitter + 2 * plan.jitter * draw))
  const askedMs = plan.retryAfter === 'honour' ? (retryAfterS(outcome.retryAfter) ?? 0) * 1000 : 0
  return { next: 'retry', waitMs: Math.max(delayMs / plan.timeScale, askedMs), delayMs }
}

/** What follows from an outcome that ends its delivery, whatever came before; undefined: that hangs on it. */
export function settled(plan: RetryPlan, outcome: Pick<Outcome, 'status'>): RetryDecision | undefined {
  const meaning = meaningOf(plan, outcome)
  if (meaning === 'accept') return ACKED
  return meaning === 'reject' ? REJECTED : undefined
}

const RETRY_DRAW = 0x7e72

/** The draw for what follows a delivery's nth attempt: a fraction in [0, 1). */
export function retryDraw(seed: number, { index, seq }: Delivery, attempts: number): number {
  return unit(seed ^ RETRY_DRAW, index, seq, attempts)
}

/** An attempt without a final status is trouble that may pass. */
export function meaningOf(plan: RetryPlan, outcome: Pick<Outcome, 'status'>): StatusMeaning {
  if (outcome.status === 0) return 'retry'
  return plan.statuses[outcome.status] ?? plan.statuses[`${Math.floor(outcome.status / 100)}xx`] ?? 'retry'
}

/** Whole seconds only: a date would need the partner's clock. Anything else counts as absent. */
export function retryAfterS(text: string): number | undefined {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined
}

const ACKED: RetryDecision = { next: 'acked', waitMs: 0, delayMs: 0 }
const REJECTED: RetryDecision = { next: 'rejected', waitMs: 0, delayMs: 0 }
const EXHAUSTED: RetryDecision = { next: 'exhausted', waitMs: 0, delayMs: 0 }
