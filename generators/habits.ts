import { DRAW } from './draws.ts'
import type { Habits } from './moments.ts'
import { VISIT_MAX_MS } from './phase-spans.ts'
import type { VisitDraws } from './visit/visit-draws.ts'

/** @param utcOffsetMs how far the clocks are ahead of UTC where the person lives */
export function habitsOf(draws: VisitDraws, isMobile: boolean, utcOffsetMs: number): Habits {
  return {
    latencyMs: 1000 + draws.ofUser(DRAW.latency, 3001) + (isMobile ? offlineMs(draws) : 0),
    stepMs: 2000 + draws.ofUser(DRAW.tempo, STEP_MAX_MS),
    utcOffsetMs,
  }
}

/**
 * How long a phone keeps its events before it is online again: most send at once, some are out of reach for minutes to hours.
 * Whole milliseconds.
 */
export function offlineMs(draws: VisitDraws): number {
  const kind = draws.ofUser(DRAW.offline, 100)
  if (kind >= 4) return 0
  const longestMs = kind === 0 ? 8 * 3_600_000 : 45 * 60_000
  return 120_000 + draws.ofUser(DRAW.offlineTime, longestMs)
}

/** The longest journeys have fewer than 24 steps. */
const STEP_MAX_MS = Math.floor(VISIT_MAX_MS / 24) - 2000
