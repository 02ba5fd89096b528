import { hash32, unit } from '../../src/model/hash.ts'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import type { PhasePlan, Plan } from '../../src/model/plan.ts'
import { EXPONENTIAL_MAX, exponential } from './exponential.ts'

/** The schedule's draws. Each hangs on the seed, the message, the phase and what it decides, on nothing else. */

/**
 * By how much the message's copy in this phase is late, to change places with its neighbours. Where the same events come in several
 * namespaces, those of the first keep their order: it is what the other orders are held against. Customers are no orders.
 */
export function shuffleMsOf({ seed, traffic, phases }: Plan, index: number, phaseIndex: number): number {
  const { shuffleMs } = phases[phaseIndex]!
  const isInOrder = traffic.namespaces > 1 && traffic.customers === undefined && index < NAMESPACE_STRIDE
  return shuffleMs === 0 || isInOrder ? 0 : shuffleMs * unit(seed, index, phaseIndex, SHUFFLE)
}

/** How long after the message its extra copy comes: 0 for a racing one, undefined where there is none. */
export function extraLagMsOf(seed: number, index: number, phaseIndex: number, phase: PhasePlan): number | undefined {
  const { racingShare, duplicateShare, lagMeanMs } = phase.copies
  if (racingShare + duplicateShare === 0) return undefined
  const u = unit(seed, index, phaseIndex, EXTRA)
  if (u < racingShare) return 0
  if (u >= racingShare + duplicateShare) return undefined
  return lagMeanMs * exponential(hash32(seed, index, phaseIndex, LAG))
}

/** No delivery of the phase is later than this after its moment. */
export function displacementMaxMs(phase: PhasePlan): number {
  const lagMaxMs = phase.copies.duplicateShare > 0 ? phase.copies.lagMeanMs * EXPONENTIAL_MAX : 0
  return phase.shuffleMs + lagMaxMs
}

/** The time between a message and the one before it, as a multiple of the mean. */
export function gapOf(seed: number, n: number, phaseIndex: number): number {
  return exponential(hash32(seed, n, phaseIndex, GAP))
}

/** What tells the draws apart from each other and from those of the traffic. */
const SHUFFLE = 0x5c4ed001
const EXTRA = 0x5c4ed002
const LAG = 0x5c4ed003
const GAP = 0x5c4ed004
