import type { RetryPlan } from '../model/plan.ts'
import { ScenarioError } from '../model/scenario-error.ts'
import { RETRY_LIBRARIES } from './retry-libraries.ts'
import type { Retry, Scenario } from './schema.ts'
import { parseDurationMs, parseShare } from './units.ts'

const FOUR_HOURS_MS = 14_400_000

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

/**
 * Segment's policy: up to nine retries in four hours. Delays that double and fill the four hours exactly begin with 1/511 of them (511 = 1 + 2 + … + 256).
 */
const SEGMENT: UsualPolicy = {
  retriesMax: 9,
  firstDelayMs: FOUR_HOURS_MS / 511,
  jitter: 0.2,
  windowMs: FOUR_HOURS_MS,
  retryAfter: 'ignore',
  statuses: STATUSES,
}

/** What a Stream partner most likely sends with. */
const STREAM_LIBRARY = 'analytics-node'

/** @throws ScenarioError for a library and another policy at once */
export function retryPlanOf({ profile, retry = {}, timeScale = 1 }: Scenario): RetryPlan {
  const { policy, library = policy === undefined && profile === 'stream' ? STREAM_LIBRARY : undefined } = retry
  if (library === undefined) return { policy: policy ?? 'segment', ...statedPolicy(SEGMENT, retry, timeScale) }
  if (policy !== undefined)
    throw new ScenarioError(
      ['retry', 'library'],
      `retries are either ${library}’s or of policy ${policy}; leave one out`,
    )
  const stated = statedPolicy(RETRY_LIBRARIES[library], retry, timeScale)
  return { policy: 'library', library, ...stated, ...(stated.retryAfter === 'honour' && resetOf(profile)) }
}

/** What the author says in place of what a policy has. */
function statedPolicy(usual: UsualPolicy, retry: Retry, timeScale: number): Omit<RetryPlan, 'policy'> {
  const { retryAfter, statuses, ...delays } = usual
  return {
    ...delays,
    ...(retry.policy === 'none' ? { retriesMax: 0 } : retry.retries !== undefined && { retriesMax: retry.retries }),
    ...(retry.firstDelay !== undefined && { firstDelayMs: parseDurationMs(retry.firstDelay) }),
    ...(retry.jitter !== undefined && { jitter: parseShare(retry.jitter) }),
    ...(retry.window !== undefined && { windowMs: parseDurationMs(retry.window) }),
    timeScale,
    retryAfter: retry.retryAfter ?? retryAfter,
    statuses: statusesOf(statuses, retry),
  }
}

type UsualPolicy = Omit<RetryPlan, 'policy' | 'timeScale'>

/** Segment's API says with it what Retry-After says; elsewhere it means many things. */
function resetOf(profile: Scenario['profile']): Pick<RetryPlan, 'rateLimitReset'> {
  return profile === 'stream' ? { rateLimitReset: 'honour' } : {}
}

/** An author's class takes the place of our exceptions in it: who writes `5xx: retry` means 501 too. */
function statusesOf(usual: RetryPlan['statuses'], { statuses = {} }: Retry): RetryPlan['statuses'] {
  const ours = Object.entries(usual).filter(([status]) => statuses[`${status[0]}xx`] === undefined)
  return { ...Object.fromEntries(ours), ...statuses }
}

/**
 * How long after its moment the last attempt of a delivery can end, at most: its delays, squeezed, and the time of every attempt. Waits that
 * the target asks for come on top.
 */
export function retryTailMs(retry: RetryPlan, timeoutMs: number): number {
  const { growth = 2, delayMaxMs = Number.POSITIVE_INFINITY, jitterShape } = retry
  const stretch = jitterShape === 'below' ? 1 : 1 + retry.jitter
  let delaysMs = 0
  for (let i = 0; i < retry.retriesMax; i++)
    delaysMs += Math.min(delayMaxMs, retry.firstDelayMs * growth ** i * stretch)
  return Math.min(delaysMs, retry.windowMs) / retry.timeScale + timeoutMs * (retry.retriesMax + 1)
}
