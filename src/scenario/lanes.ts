import type { PhasePlan } from '../model/plan.ts'
import type { Scenario } from './schema.ts'
import { parseDurationMs } from './units.ts'

const LANES = 64
/** With so many of a lane's batches to each range of messages, the one that its end cuts short hardly counts. */
const BATCHES_PER_LANE = 10

/** How messages are parted into lanes and batches. */
interface Parting {
  readonly lanes: number
  readonly batchSize: number
}

/** A tool has one queue that it sends its batches from, so its requests come evenly; and a batch waits for its last event no longer than it may. */
export function partingOf(scenario: Scenario, phases: readonly PhasePlan[]): Parting {
  const { batch: batchSize = 0, batchAge = '10s', profile } = scenario
  if (profile !== 'stream' || batchSize === 0)
    return { lanes: scenario.lanes ?? lanesFor(phases, batchSize), batchSize }
  const { lanes = 1 } = scenario
  return {
    lanes,
    batchSize: Math.max(1, Math.min(batchSize, Math.floor(madeWithin(phases, parseDurationMs(batchAge)) / lanes))),
  }
}

/** How many messages come within a time, in the phase where they come slowest; a mean of it. */
function madeWithin(phases: readonly PhasePlan[], timeMs: number): number {
  const perMs = phases.map(({ messages, again, durationMs }) => (messages.count + again.count) / durationMs)
  return Math.min(...perMs) * timeMs
}

/** Lanes where the author does not say: 64, or as few as it takes for batches to be full as a rule, so that the rate of requests is kept. */
function lanesFor(phases: readonly PhasePlan[], batchSize: number): number {
  if (batchSize === 0) return LANES
  const counts = phases.flatMap(({ messages, again }) => [messages.count, again.count]).filter((count) => count > 0)
  const lanes = Math.floor(Math.min(...counts) / (batchSize * BATCHES_PER_LANE))
  return Math.max(1, Math.min(LANES, lanes))
}
