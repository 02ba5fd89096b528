import type { Plan } from '../../src/model/plan.ts'
import { gapOf } from './draws.ts'
import { momentAtMs } from './pace.ts'
import type { Stretch } from './stretch.ts'

/** Moments of one lane's messages in one stretch, before they are shuffled, in milliseconds after the run's start. Never falls. */
export type MomentOf = (n: number) => number

export function momentsOf(plan: Plan, stretch: Stretch): MomentOf {
  const phase = plan.phases[stretch.phase]!
  if (phase.pace.arrivals === 'poisson') return poissonMoments(plan, stretch)
  const shift = stretch.position - stretch.messages.first
  return (n) => phase.startMs + momentAtMs(phase.pace, n + shift)
}

/** Messages of a lane that share a cell. */
const CELL = 16

/**
 * Arrivals as a Poisson process has them once it is known how many fall into each cell. A cell is the time in which the curve has 16
 * consecutive messages of every lane; within it a lane's moments lie where exponential gaps put them, scaled to fill the cell.
 * So a lane is sequential, counts are exact and memory is one cell; over times much shorter than a cell the whole looks Poisson (gaps,
 * bursts), over longer ones its counts vary less than a true Poisson process's would. On a curve the process follows the curve.
 */
function poissonMoments(plan: Plan, stretch: Stretch): MomentOf {
  const phase = plan.phases[stretch.phase]!
  const positions = new Float64Array(CELL)
  let current = -1
  return (n) => {
    const offset = n - stretch.messages.first
    const cell = Math.floor(offset / (CELL * plan.lanes))
    const start = cell * CELL * plan.lanes
    const rank = Math.floor((offset - start) / plan.lanes)
    if (cell !== current) fillCell(plan, stretch, start, n - rank * plan.lanes, positions)
    current = cell
    return phase.startMs + momentAtMs(phase.pace, stretch.position + positions[rank]!)
  }
}

/** Positions, from the stretch's first, of a lane's messages from `n` on in the cell that begins at `start`. */
function fillCell(plan: Plan, stretch: Stretch, start: number, n: number, positions: Float64Array): void {
  const { first, count } = stretch.messages
  let end = start + CELL * plan.lanes
  if (end > count) end = count
  const size = Math.floor((first + end - 1 - n) / plan.lanes) + 1
  let sum = 0
  for (let rank = 0; rank < size; rank++) {
    sum += gapOf(plan.seed, n + rank * plan.lanes, stretch.phase)
    positions[rank] = sum
  }
  // The gap behind the last one: a draw that belongs to no message of the lane.
  sum += gapOf(plan.seed, -1 - n, stretch.phase)
  for (let rank = 0; rank < size; rank++) positions[rank] = start + ((end - start) * positions[rank]!) / sum
}
