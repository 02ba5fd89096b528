import { upperBound95 } from './upper-bound95.ts'

/** What none in `trials` shows: "< 2.5e-4 at 95 % if losses are independent". */
export function boundText(trials: number, what: string): string {
  return `< ${ratioText(upperBound95(0, trials) ?? 1)} at 95 % if ${what} are independent`
}

/** A ratio to two digits, never below itself, so that "< …" holds. */
export function ratioText(ratio: number): string {
  const exponent = Math.floor(Math.log10(ratio))
  const digits = Math.ceil((ratio / 10 ** exponent) * 10 - 1e-9)
  return ratio >= 0.1 ? String(Math.ceil(ratio * 100 - 1e-9) / 100) : (digits * 10 ** (exponent - 1)).toExponential(1)
}
