import type { PacePiece, PacePlan } from './plan.ts'

/** First copies under one piece of a rate curve. */
export function areaOf(piece: PacePiece): number {
  return ((piece.fromPerSecond + piece.toPerSecond) * (piece.toMs - piece.fromMs)) / 2000
}

/** How many whole first copies fit under a rate curve. */
export function countOf(pace: PacePlan): number {
  const area = pace.pieces.reduce((sum, piece) => sum + areaOf(piece), 0)
  return Math.floor(area + ROUNDING)
}

/** Areas are sums of products of decimals: 0.1/s over 30 s shall be 3. */
const ROUNDING = 1e-6
