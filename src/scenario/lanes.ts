import type { PhasePlan } from '../model/plan.ts'

const LANES = 64
/** With so many of a lane's batches to each range of messages, the one that its end cuts short hardly counts. */
const BATCHES_PER_LANE = 10

/** Lanes where the author does not say: 64, or as few as it takes for batches to be full as a rule, so that the rate of requests is kept. */
export function lanesFor(phases: readonly PhasePlan[], batchSize: number): number {
  if (batchSize === 0) return LANES
  const counts = phases.flatMap(({ messages, again }) => [messages.count, again.count]).filter((count) => count > 0)
  const lanes = Math.floor(Math.min(...counts) / (batchSize * BATCHES_PER_LANE))
  return Math.max(1, Math.min(LANES, lanes))
}
