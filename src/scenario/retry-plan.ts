import type { RetryPlan } from '../model/plan.ts'
import type { Retry, Scenario } from './schema.ts'
import { parseDurationMs, parseShare } from './units.ts'

const FOUR_HOURS_MS = 14_400_000

/**
 * Segment's policy: up to nine retries in four hours. Delays that double and fill the four hours exactly begin with 1/511 of them (511 = 1 + 2 + … + 256).
 */
const SEGMENT = { retriesMax: 9, firstDelayMs: FOUR_HOURS_MS / 511, jitter: 0.2, windowMs: FOUR_HOURS_MS }

/** What newer sources say of each status: trouble that passes is retried, what the request itself is to blame for is not. */
const STATUSES: RetryPlan['statuses'] = {
  '2xx': 'accept',
  '3xx': 'reject',
  '4xx': 'reject',
  '408': 'retry',
  '423': 'retry',
  '429': 'retry',
  '5xx': 'retry',
  '501': 'reject',
}

export function retryPlanOf({ retry = {}, timeScale = 1 }: Scenario): RetryPlan {
  const { policy = 'segment' } = retry
  return {
    policy,
    retriesMax: policy === 'none' ? 0 : (retry.retries ?? SEGMENT.retriesMax),
    firstDelayMs: retry.firstDelay === undefined ? SEGMENT.firstDelayMs : parseDurationMs(retry.firstDelay),
    jitter: retry.jitter === undefined ? SEGMENT.jitter : parseShare(retry.jitter),
    windowMs: retry.window === undefined ? SEGMENT.windowMs : parseDurationMs(retry.window),
    timeScale,
    retryAfter: retry.retryAfter ?? 'ignore',
    statuses: statusesOf(retry),
  }
}

/** An author's class takes the place of our exceptions in it: who writes `5xx: retry` means 501 too. */
function statusesOf({ statuses = {} }: Retry): RetryPlan['statuses'] {
  const ours = Object.entries(STATUSES).filter(([status]) => statuses[`${status[0]}xx`] === undefined)
  return { ...Object.fromEntries(ours), ...statuses }
}

/**
 * How long after its moment the last attempt of a delivery can end, at most: its delays, squeezed, and the time of every attempt.
 */
export function retryTailMs(retry: RetryPlan, timeoutMs: number): number {
  let delaysMs = 0
  for (let i = 0; i < retry.retriesMax; i++) delaysMs += retry.firstDelayMs * 2 ** i * (1 + retry.jitter)
  return Math.min(delaysMs, retry.windowMs) / retry.timeScale + timeoutMs * (retry.retriesMax + 1)
}
