import type { PhasePlan } from '../src/model/plan.ts'

/** The messages of one phase, as visits see them. */
export interface PhaseSpan {
  readonly phase: PhasePlan
  /** Its first message. */
  readonly first: number
  /** Turns of the cycle that it takes, the last one perhaps in part. */
  readonly turns: number
  /** A visit lasts less than so many turns. Those under way at the phase's beginning began up to so many before it. */
  readonly reach: number
  /** Turns of all earlier phases, those before their beginnings included. */
  readonly base: number
  /** From one message to the next, in the mean. */
  readonly gapMs: number
  /** Whether visits are so far between that each has a time of its own: steps follow at a walker's pace, not at their messages'. */
  readonly sparse: boolean
}

/** @param cycleLength messages in a turn */
export function phaseSpansOf(phases: readonly PhasePlan[], cycleLength: number): PhaseSpan[] {
  let base = 0
  return phases
    .filter(({ messages }) => messages.count > 0)
    .map((phase) => {
      const { messages, historyMs } = phase
      const turns = Math.floor((messages.count - 1) / cycleLength) + 1
      const gapMs = (historyMs || phase.durationMs) / messages.count
      const sparse = historyMs > 0 && gapMs * cycleLength > 2 * VISIT_MAX_MS
      const reach = reachOf(turns, gapMs * cycleLength)
      base += turns + reach
      return { phase, first: messages.first, turns, reach, base: base - turns - reach, gapMs, sparse }
    })
}

/** As long as visits naturally last, but few are to be cut off by the phase's ends, and few to be remembered at a time. */
function reachOf(turns: number, turnMs: number): number {
  const natural = Math.floor(VISIT_MAX_MS / turnMs)
  const uncut = Math.floor(turns / TURNS_PER_REACH)
  const reach = Math.min(natural, uncut)
  return Math.min(reach, REACH_MAX)
}

/** How long the longest visits last. */
export const VISIT_MAX_MS = 600_000
const TURNS_PER_REACH = 32
const REACH_MAX = 8
