import type { Verdict } from '../../model/verdict.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import type { Ruling } from './limit-ruling.ts'

/** One verdict of several rulings: as bad as the worst of them, a fail before an unknown. */
export function joined(
  check: Pick<Check, 'id' | 'title'>,
  rulings: readonly Ruling[],
  facts: Verdict['evidence'],
): Verdict {
  const worst = rulings.find(({ status }) => status === 'fail') ?? rulings.find(({ status }) => status === 'unknown')
  const claim = rulings.map((ruling) => ruling.claim).join('; ')
  if (worst === undefined) return passed(check, claim, facts)
  return worst.status === 'fail' ? failed(check, claim, facts, worst.fix) : unknown(check, claim, worst.fix, facts)
}
