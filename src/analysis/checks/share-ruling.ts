import { lowerBound95 } from './lower-bound95.ts'
import { upperBound95 } from './upper-bound95.ts'

/** Cases that went wrong, of which the truth may lie between two counts, and the share that may. */
export interface BadShare {
  /** The target's doing beyond doubt. */
  readonly badAtLeast: number
  readonly badAtMost: number
  readonly trials: number
  readonly allowed: number
}

/** What was seen shows that the share is within what is allowed, or beyond it, or neither. Exact, at 95 %, if the cases are independent. */
export function ruleOnShare({ badAtLeast, badAtMost, trials, allowed }: BadShare): 'within' | 'beyond' | 'open' {
  if ((upperBound95(badAtMost, trials) ?? 1) <= allowed) return 'within'
  return (lowerBound95(badAtLeast, trials) ?? 0) > allowed ? 'beyond' : 'open'
}

const TRIALS_MAX = 1e8

/** How many cases would decide the question if the share stays what it is; undefined: so many that nobody would. */
export function trialsNeeded({ badAtMost, trials, allowed }: BadShare): number | undefined {
  const share = trials === 0 ? 0 : badAtMost / trials
  if (share === 0) return Math.ceil(Math.log(0.05) / Math.log1p(-allowed))
  for (let needed = Math.max(trials, 1); needed <= TRIALS_MAX; needed = Math.ceil(needed * 1.25)) {
    const bad = Math.round(share * needed)
    if (ruleOnShare({ badAtLeast: bad, badAtMost: bad, trials: needed, allowed }) !== 'open') return needed
  }
  return undefined
}
