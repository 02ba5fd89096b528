import type { RetryPlan } from '../model/plan.ts'

export const RETRY_LIBRARY_NAMES = [
  'analytics-node',
  'analytics-node-legacy',
  'analytics.js',
  'analytics.js-legacy',
  'mobile',
  'python',
  'python-legacy',
  'ruby',
  'go',
  'java',
  'clojure',
  'c++',
  '.net',
  'php',
] as const

export type RetryLibrary = (typeof RETRY_LIBRARY_NAMES)[number]

/** What a library does when an attempt fails. */
type RetryPolicy = Omit<RetryPlan, 'policy' | 'library' | 'timeScale'>

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
/** Of a library that counts its retries and not the hours: longer than they can take. */
const NO_WINDOW_MS = 1000 * HOUR_MS

/** A redirect is never followed, and whoever takes one for success loses events: it ends a delivery as refused. */
const BY_CLASS: RetryPlan['statuses'] = {
  '2xx': 'accept',
  '3xx': 'reject',
  '4xx': 'reject',
  '429': 'retry',
  '5xx': 'retry',
}

/** The table that Segment's newer libraries have in common. */
const NEWER_STATUSES: RetryPlan['statuses'] = {
  ...BY_CLASS,
  '408': 'retry',
  '410': 'retry',
  '460': 'retry',
  '501': 'reject',
  '505': 'reject',
  '511': 'reject',
}

/** What they have in common beside it: a wait that is asked for is waited out, and costs no retry. */
const NEWER = {
  windowMs: 12 * HOUR_MS,
  retryAfter: 'honour',
  retryAfterMaxS: 300,
  retryAfterIsFree: 'on-429',
  freeRetriesMax: 20,
  countHeader: 'X-Retry-Count',
  statuses: NEWER_STATUSES,
} as const

/** The older ones know a number of attempts, and nothing of Retry-After. */
const OLDER = { windowMs: NO_WINDOW_MS, retryAfter: 'ignore', statuses: BY_CLASS } as const

/**
 * Retry policies of the libraries that send to Segment's API: of analytics-node, analytics.js, Python, Ruby, Java and Go as their sources have
 * them, else as Segment's documentation says. A name that ends in `-legacy` is what older versions do.
 */
export const RETRY_LIBRARIES: Readonly<Record<RetryLibrary, RetryPolicy>> = {
  // 3.1: its back-off begins with the second step, so that the half second it names is never waited.
  'analytics-node': {
    ...NEWER,
    retriesMax: 10,
    firstDelayMs: SECOND_MS,
    jitter: 1,
    jitterShape: 'above',
    delayMaxMs: MINUTE_MS,
  },
  'analytics-node-legacy': { ...OLDER, retriesMax: 2, firstDelayMs: 100, jitter: 0, delayMaxMs: 400 },
  'analytics.js': {
    ...NEWER,
    retriesMax: 10,
    firstDelayMs: 500,
    jitter: 0.1,
    jitterShape: 'above',
    delayMaxMs: MINUTE_MS,
  },
  'analytics.js-legacy': { ...OLDER, retriesMax: 9, firstDelayMs: SECOND_MS, jitter: 0, delayMaxMs: HOUR_MS },
  // A queue on the phone that is flushed every half minute, until it has left or is full.
  mobile: { ...OLDER, retriesMax: 100, firstDelayMs: 30 * SECOND_MS, growth: 1, jitter: 0 },
  python: {
    ...NEWER,
    retryAfterIsFree: 'always',
    retriesMax: 10,
    firstAtOnce: true,
    firstDelayMs: 500,
    jitter: 0.1,
    jitterShape: 'above',
    delayMaxMs: MINUTE_MS,
  },
  'python-legacy': { ...OLDER, retriesMax: 10, firstDelayMs: SECOND_MS, jitter: 1, jitterShape: 'below' },
  ruby: {
    ...NEWER,
    retryAfterIsFree: 'always',
    retriesMax: 10,
    firstDelayMs: 100,
    growth: 1.5,
    jitter: 0.5,
    delayMaxMs: 10 * SECOND_MS,
  },
  // Whatever is no success is tried again, also what a client alone is to blame for.
  go: {
    ...OLDER,
    retriesMax: 9,
    firstDelayMs: 100,
    jitter: 0,
    delayMaxMs: 10 * SECOND_MS,
    statuses: { ...BY_CLASS, '3xx': 'retry', '4xx': 'retry' },
  },
  java: { ...OLDER, retriesMax: 49, firstDelayMs: 15 * SECOND_MS, jitter: 1, delayMaxMs: HOUR_MS },
  clojure: { ...OLDER, retriesMax: 49, firstDelayMs: 15 * SECOND_MS, jitter: 1, delayMaxMs: HOUR_MS },
  'c++': { ...OLDER, retriesMax: 4, firstDelayMs: SECOND_MS, growth: 1, jitter: 0 },
  '.net': { ...OLDER, retriesMax: 6, firstDelayMs: 100, jitter: 0, delayMaxMs: 6400 },
  php: { ...OLDER, retriesMax: 6, firstDelayMs: 100, jitter: 0, delayMaxMs: 6400 },
}
