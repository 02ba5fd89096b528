/** What a few measurements of one thing amount to. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

/** @throws RangeError without any */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('nothing was measured')
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
  return { median, least: sorted[0]!, most: sorted.at(-1)! }
}

/** Each measurement over the one that was made beside it. */
export function pairedRatios(values: readonly number[], others: readonly number[]): number[] {
  return values.map((value, round) => value / others[round]!)
}

/** How surely the true median lies between the least and the most of so many independent measurements. */
export function confidenceOfRange(count: number): number {
  return 1 - 2 ** (1 - count)
}

/** `21 [18–24]` */
export function spreadText({ median, least, most }: Spread, digits: number): string {
  return `${median.toFixed(digits)} [${least.toFixed(digits)}–${most.toFixed(digits)}]`
}
