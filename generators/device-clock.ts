import type { Client } from './clients/client.ts'
import { DRAW } from './draws.ts'
import type { VisitDraws } from './visit/visit-draws.ts'

/**
 * By how much `sentAt` differs from `receivedAt` for all that a user's device sends: the error of its clock less the time that
 * the way to Segment takes. Most clocks are right to a second or so, some are minutes off, a few are hours off. Whole
 * milliseconds, never 0.
 */
export function clockAheadMs(draws: VisitDraws, client: Client): number {
  const transitMs = 4 + draws.ofUser(DRAW.transit, client.isBackEnd ? 30 : 240)
  if (client.isBackEnd) return -transitMs
  const kind = draws.ofUser(DRAW.clockKind, 100)
  const errorMaxMs = kind < 80 ? 1500 : kind < 96 ? 120_000 : 26 * 3_600_000
  const errorMs = draws.ofUser(DRAW.clock, 2 * errorMaxMs + 1) - errorMaxMs
  return errorMs === transitMs ? -transitMs : errorMs - transitMs
}
