import type { Report } from '../../model/report.ts'
import { renderColumns } from './columns.ts'
import { count } from './quantities.ts'
import { pack } from './wrap.ts'

/** A sum that closes: what it is of, its total, and its terms. */
interface Account {
  readonly name: string
  readonly total: number
  readonly terms: readonly (readonly [name: string, n: number])[]
  /** So many of the terms are shown even where they are 0. */
  readonly always: number
}

const NAME_AND_TOTAL = 28

/** Where every delivery and every message ended, as sums that close. */
export function renderAccounts(report: Report, width: number): string {
  const { counts } = report
  const { acked, exhausted, ambiguous, abandoned, rejectedAsExpected = 0 } = counts
  const rejected = counts.rejected - rejectedAsExpected
  const accounts: Account[] = [
    {
      name: 'planned',
      total: counts.planned,
      terms: [
        ['sent', counts.sent],
        ['not sent', counts.notSent],
      ],
      always: 2,
    },
    {
      name: 'sent',
      total: counts.sent,
      terms: Object.entries({
        acked,
        rejected,
        'rejected as it should': rejectedAsExpected,
        exhausted,
        ambiguous,
        abandoned,
      }),
      always: 1,
    },
    { name: 'copies', total: counts.planned, terms: Object.entries(counts.copies), always: 1 },
  ]
  const rows = [...accounts, ...auditAccounts(report)].map((account) => row(account, width - NAME_AND_TOTAL))
  return renderColumns([...rows, ...unread(report)], ['left', 'right', 'left'])
}

function auditAccounts({ audit }: Report): Account[] {
  const { expected, lost, discarded = 0 } = audit
  if (lost === null) return []
  const must: Account = {
    name: 'must exist',
    total: expected,
    terms: [['found', expected - discarded - lost], ...discardedTerm(audit), [lost === 0 ? 'lost' : 'LOST', lost]],
    always: audit.discarded === undefined ? 2 : 3,
  }
  return [must, ...mayAccount(audit), ...mustNotAccount(audit)]
}

/** Told where somebody asked, even if it is none. */
function discardedTerm({ discarded }: Report['audit']): [name: string, n: number][] {
  return discarded === undefined ? [] : [[discarded === 0 ? 'discarded' : 'DISCARDED', discarded]]
}

function mayAccount({ mayFound, mayAbsent }: Report['audit']): Account[] {
  if (mayFound === null || mayAbsent === null || mayFound + mayAbsent === 0) return []
  const terms = [
    ['found', mayFound],
    ['absent', mayAbsent],
  ] as const
  return [{ name: 'may exist', total: mayFound + mayAbsent, terms, always: 2 }]
}

/** What a sound receiver refuses. */
function mustNotAccount({ unwelcome = 0, unwelcomeFound: found }: Report['audit']): Account[] {
  if (unwelcome === 0 || found == null) return []
  const terms = [
    ['absent', unwelcome - found],
    [found === 0 ? 'found' : 'FOUND', found],
  ] as const
  return [{ name: 'must not', total: unwelcome, terms, always: 2 }]
}

function unread({ audit }: Report): string[][] {
  if (audit.lost !== null) return []
  const why = audit.source === 'none' ? 'no receipts were asked for' : 'the receipts could not be read'
  return [['must exist', count(audit.expected), `? ${why}`]]
}

function row({ name, total, terms, always }: Account, width: number): string[] {
  const shown = terms.filter(([, n], i) => n !== 0 || i < always).map(([term, n]) => `${term} ${count(n)}`)
  return [
    name,
    count(total),
    pack(shown, ' + ', width)
      .map((line, i) => (i === 0 ? `= ${line}` : `  ${line}`))
      .join('\n'),
  ]
}
