import { areaOf } from '../../src/model/pace.ts'
import type { PacePiece, PacePlan } from '../../src/model/plan.ts'

/**
 * The moment of a position on a rate curve, in milliseconds after the phase's start: where the area under the curve reaches
 * `position`. The closed form, so any moment costs the same. Never falls as `position` grows; what lies beyond the curve's area
 * is at its end.
 *
 * @param position from 0; fractions lie between two neighbours
 */
export function momentAtMs(pace: PacePlan, position: number): number {
  const { pieces } = pace
  let left = position
  let endMs = 0
  // By index: k6's engine takes longer to iterate over one piece than to find the moment in it.
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]!
    const area = areaOf(piece)
    if (left < area) return piece.fromMs + timeToAreaMs(piece, left)
    left -= area
    endMs = piece.toMs
  }
  return endMs
}

/**
 * Solves rate·t + slope·t²/2 = area for t. Written with the root in the denominator nothing cancels where the slope is almost 0,
 * and where it is 0 this is area/rate.
 */
function timeToAreaMs(piece: PacePiece, area: number): number {
  if (area <= 0) return 0
  const lengthMs = piece.toMs - piece.fromMs
  const perMs = piece.fromPerSecond / 1000
  if (piece.fromPerSecond === piece.toPerSecond) return lesserOf(area / perMs, lengthMs)
  const slope = (piece.toPerSecond - piece.fromPerSecond) / 1000 / lengthMs
  const underRoot = perMs * perMs + 2 * slope * area
  const root = underRoot > 0 ? Math.sqrt(underRoot) : 0
  return lesserOf((2 * area) / (perMs + root), lengthMs)
}

function lesserOf(a: number, b: number): number {
  if (a > b) return b
  return a
}
