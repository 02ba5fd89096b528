import type { Delivery } from '../model/delivery.ts'
import { unit } from '../model/hash.ts'
import type { NextStep } from '../model/observation.ts'
import type { Outcome } from '../model/outcome.ts'
import { attemptsMax, type RetryPlan, type StatusMeaning } from '../model/plan.ts'

/** What is known of a delivery when an attempt of it has ended. */
export interface AttemptHistory {
  /** Attempts made so far, 1 or more. */
  readonly attempts: number
  /** Since the first attempt was dispatched. */
  readonly elapsedMs: number
  /** Sum of the delays waited so far, before `timeScale`. */
  readonly delaysMs: number
  /** Retries so far that used up none: see `retryAfterIsFree`. Missing: none. */
  readonly freeRetries?: number
}

export interface RetryDecision {
  readonly next: NextStep
  /** How long to wait before the next attempt; 0 unless `next` is `retry`. */
  readonly waitMs: number
  /** The same before `timeScale`: what counts towards the window. */
  readonly delayMs: number
  /** It uses up no retry. */
  readonly free?: true
}

/**
 * What follows from an outcome. The delays grow from `firstDelayMs`, each multiplied by a draw; the one that would fall beyond the
 * window is made at its end, and nothing comes after it.
 * @param draw a fraction in [0, 1)
 */
export function decide(plan: RetryPlan, outcome: Outcome, history: AttemptHistory, draw: number): RetryDecision {
  const end = settled(meaningOf(plan, outcome))
  if (end !== undefined) return end
  const spentMs = plan.timeScale === 1 ? history.elapsedMs : history.delaysMs
  const leftMs = plan.windowMs - spentMs
  if (plan.policy === 'none' || history.attempts >= attemptsMax(plan) || leftMs <= 0) return EXHAUSTED
  const askedMs = askedToWaitMs(plan, outcome)
  if (askedMs !== undefined && isFree(plan, outcome))
    return { next: 'retry', waitMs: Math.max(askedMs, FREE_WAIT_MIN_MS), delayMs: 0, free: true }
  const nth = history.attempts - (history.freeRetries ?? 0)
  if (nth > plan.retriesMax) return EXHAUSTED
  const delayMs = Math.min(leftMs, delayOf(plan, nth, draw))
  return { next: 'retry', waitMs: Math.max(delayMs / plan.timeScale, askedMs ?? 0), delayMs }
}

/** So that an answer which asks for no time at all starts no storm. */
const FREE_WAIT_MIN_MS = 1000

/** What the answer asks for, as far as the policy obeys it; never scaled. Undefined: nothing. */
function askedToWaitMs(plan: RetryPlan, outcome: Outcome): number | undefined {
  const seconds = plan.retryAfter === 'ignore' ? undefined : retryAfterS(outcome.retryAfter)
  return seconds === undefined ? undefined : Math.min(seconds, plan.retryAfterMaxS ?? seconds) * 1000
}

function isFree({ retryAfterIsFree }: RetryPlan, { status }: Outcome): boolean {
  return retryAfterIsFree === 'always' || (retryAfterIsFree === 'on-429' && status === 429)
}

/** Before the nth of the retries that count, from 1. */
function delayOf(plan: RetryPlan, nth: number, draw: number): number {
  const { firstDelayMs, growth = 2, delayMaxMs = Number.POSITIVE_INFINITY, firstAtOnce = false } = plan
  if (firstAtOnce && nth === 1) return 0
  return Math.min(delayMaxMs, firstDelayMs * growth ** (nth - (firstAtOnce ? 2 : 1)) * factorOf(plan, draw))
}

function factorOf({ jitter, jitterShape }: RetryPlan, draw: number): number {
  if (jitterShape === 'above') return 1 + jitter * draw
  if (jitterShape === 'below') return 1 - jitter * draw
  return 1 - jitter + 2 * jitter * draw
}

/** What follows from an answer that ends its delivery, whatever came before; undefined: that hangs on it. */
export function settled(meaning: StatusMeaning): RetryDecision | undefined {
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

export type MeaningOf = (outcome: Pick<Outcome, 'status'>) => StatusMeaning

/** `meaningOf` under one plan, with each status looked up once: a run meets few of them, again and again. */
export function meaningsOf(plan: RetryPlan): MeaningOf {
  const known = new Map<number, StatusMeaning>()
  return (outcome) => {
    let meaning = known.get(outcome.status)
    if (meaning === undefined) {
      meaning = meaningOf(plan, outcome)
      known.set(outcome.status, meaning)
    }
    return meaning
  }
}

/** Whole seconds only: a date would need the partner's clock. Anything else counts as absent. */
export function retryAfterS(text: string): number | undefined {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined
}

const ACKED: RetryDecision = { next: 'acked', waitMs: 0, delayMs: 0 }
const REJECTED: RetryDecision = { next: 'rejected', waitMs: 0, delayMs: 0 }
const EXHAUSTED: RetryDecision = { next: 'exhausted', waitMs: 0, delayMs: 0 }
