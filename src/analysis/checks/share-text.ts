import { countText } from './count-text.ts'
import { lowerBound95 } from './lower-bound95.ts'
import type { BadShare } from './share-ruling.ts'
import { trialsNeeded } from './share-ruling.ts'
import { upperBound95 } from './upper-bound95.ts'

/** A share in per cent, to three digits: 0.25 %. */
export function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`
}

/** "12 of 3 000 (0.4 %)" */
export function partText(part: number, whole: number): string {
  return whole === 0
    ? `${countText(part)} of 0`
    : `${countText(part)} of ${countText(whole)} (${percentText(part / whole)})`
}

/** The upper bound, for a share that is small enough. */
export function atMostText({ badAtMost, trials }: BadShare): string {
  return `< ${percentText(upperBound95(badAtMost, trials) ?? 1)} at 95 % if they are independent`
}

/** The lower bound, for a share that is too large. */
export function atLeastText({ badAtLeast, trials }: BadShare): string {
  return `> ${percentText(lowerBound95(badAtLeast, trials) ?? 0)} at 95 % if they are independent`
}

/** How large a run would decide: "about 3 000 attempts would tell". */
export function neededText(share: BadShare, what: string): string {
  const needed = trialsNeeded(share)
  if (needed === undefined) return `it lies so near the limit that no run would tell`
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(needed)) - 1)
  return `about ${countText(Math.ceil(needed / digits) * digits)} ${what} would tell`
}
