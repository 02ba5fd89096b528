import type { PhaseSpan } from './phase-spans.ts'

/** The people who come again and again to one place of the cycle, in one phase. */
export interface Population {
  /** How many there are. */
  readonly size: number
  /** Turns between two visits of one person are a multiple of it. */
  readonly apart: number
}

/** A person makes two visits to a place in the mean, and most go to several places; two calls of one person are at least `CALLS_APART` blocks apart. */
export function populationOf({ turns, reach }: PhaseSpan, blocks: number): Population {
  const apart = Math.floor((CALLS_APART - 1) / blocks) + 1
  const size = Math.floor((turns + reach) / (VISITS_MEAN * apart))
  return { size: Math.max(size, 1), apart }
}

/**
 * Who comes in a turn: a number below `size * apart`. A fifth of the people make four fifths of the visits. Golden steps around the circle keep two
 * visits of one person as far apart as they can be.
 */
export function regularOf({ size, apart }: Population, turn: number, place: number): number {
  const round = Math.floor(turn / apart)
  const x = ((Math.imul(round, GOLDEN) + Math.imul(place, SCATTER)) >>> 0) / 4294967296
  const x2 = x * x
  const x4 = x2 * x2
  const rank = Math.floor(size * (0.1 * x + 0.9 * x4 * x4 * x))
  return rank * apart + (turn - round * apart)
}

const VISITS_MEAN = 2
const CALLS_APART = 4
/** 2^32 divided by the golden ratio. */
const GOLDEN = 0x9e3779b1
const SCATTER = 0x85ebca6b
