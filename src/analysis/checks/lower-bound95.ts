import { upperBound95 } from './upper-bound95.ts'

/** Exact lower 95 % bound (Clopper and Pearson, one-sided) of a probability of which `hits` cases were seen in `trials`. Null without trials. */
export function lowerBound95(hits: number, trials: number): number | null {
  const misses = upperBound95(trials - hits, trials)
  return misses === null ? null : 1 - misses
}
