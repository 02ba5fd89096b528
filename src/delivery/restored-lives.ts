import type { Outcome } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import type { Resumption, UnfinishedDelivery } from '../model/resumption.ts'
import { Life } from './life.ts'
import { decide, retryDraw } from './retry-policy.ts'

/** What an attempt met of which no outcome is on record: it may have been stored, and nobody said so. */
const UNKNOWN: Outcome = { class: 'reset', status: 0, ambiguous: true, connectMs: -1, retryAfter: '', detail: '' }

/**
 * The deliveries that a run which was cut off had begun and not ended, each with its next attempt due. A retry on record keeps its moment
 * and its number. An attempt that may have been made counts as one that met silence: the retry policy says when the next one follows, or
 * that none does; then the delivery stays ambiguous.
 */
export function restoredLives(plan: Plan, { unfinished, fromMs }: Resumption): Life[] {
  return unfinished.flatMap((one) => restored(plan, one, fromMs) ?? [])
}

function restored(plan: Plan, one: UnfinishedDelivery, fromMs: number): Life | undefined {
  const { delivery, firstDispatchMs, delaysMs, freeRetries } = one
  if (one.retryAtMs !== null) {
    return new Life(delivery, { ...one, attemptDueMs: Math.max(one.retryAtMs, fromMs), unanswered: false })
  }
  const attempts = one.attempts + 1
  const history = { attempts, delaysMs, freeRetries, elapsedMs: fromMs - firstDispatchMs }
  const { next, waitMs, delayMs } = decide(plan.retry, UNKNOWN, history, retryDraw(plan.seed, delivery, attempts))
  if (next !== 'retry') return undefined
  const attemptDueMs = fromMs + waitMs
  return new Life(delivery, {
    attempts,
    firstDispatchMs,
    delaysMs: delaysMs + delayMs,
    freeRetries,
    attemptDueMs,
    unanswered: true,
  })
}
