import type { Outcome } from '../../model/outcome.ts'

/** What is sent to the HTTP Tracking API in one request, and how often. */
export const FORWARD_LIMITS: {
  readonly eventsPerBatch: number
  readonly batchBytes: number
  readonly eventBytes: number
  readonly spacingMs: number
  readonly underWay: number
  readonly timeoutMs: number
  readonly retries: number
  readonly waitingBytes: number
} = {
  eventsPerBatch: 100,
  batchBytes: 475_000,
  eventBytes: 32 * 1024,
  // A little more than a fiftieth of a second, so that no second ever sees more than 50 requests.
  spacingMs: 21,
  underWay: 8,
  timeoutMs: 10_000,
  retries: 10,
  waitingBytes: 32 * 1_048_576,
}

/** What follows from an attempt: taken, refused for good, or trouble that may pass. */
export function standingAfter({ class: kind, status }: Outcome): 'accepted' | 'refused' | 'again' {
  if (kind === '2xx') return 'accepted'
  if (status === 0 || AGAIN.includes(status)) return 'again'
  return status >= 500 && !NEVER_AGAIN.includes(status) ? 'again' : 'refused'
}

const AGAIN: readonly number[] = [408, 410, 429, 460]
const NEVER_AGAIN: readonly number[] = [501, 505]

/**
 * How long nothing is sent after so many failures in a row: twice as long after each, or what the answer itself asks for.
 * @param draw from [0, 1)
 */
export function pauseMs(failures: number, { retryAfter }: Outcome, draw: number): number {
  const asked = /^\d{1,9}$/.test(retryAfter) ? Math.min(Number(retryAfter) * 1000, ASKED_MAX_MS) : 0
  return Math.max(asked, Math.min(PAUSE_MS * 2 ** (failures - 1), PAUSE_MAX_MS) * (1 + draw))
}

const PAUSE_MS = 50
const PAUSE_MAX_MS = 30_000
const ASKED_MAX_MS = 300_000
