import type { Evidence } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, unknown } from './check.ts'

/** For claims that a record yet to come could break. */
export function stillChanging(check: Pick<Check, 'id' | 'title'>, { header }: Evidence): Verdict {
  return unknown(
    check,
    `the store was still changing when the settle time of ${header.asks.settleMs / 1000} s was over`,
    'Give the store longer to show what it holds, with --settle, and audit again.',
  )
}
