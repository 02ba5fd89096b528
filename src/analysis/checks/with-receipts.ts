import type { AuditFindings } from '../../model/audit.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { OtherRuns } from '../../model/other-runs.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, unknown } from './check.ts'
import { counted } from './count-text.ts'

/** Judges by what the receipts said, or says why they cannot tell. */
export function withReceipts(
  check: Pick<Check, 'id' | 'title'>,
  { findings, standings }: Evidence,
  judge: (findings: AuditFindings) => Verdict,
): Verdict {
  if (findings === null) {
    return unknown(
      check,
      'no receipts were given',
      'Give --receipts SOURCE: what the receiver itself says that it holds.',
    )
  }
  if (findings.unreadable !== '') {
    return unknown(check, `the receipts could not be read: ${findings.unreadable}`, 'Mend the source and audit again.')
  }
  if (findings.foundCount === 0 && findings.strangers.count > 0) {
    const records = counted(findings.strangers.count, 'record carries', 'records carry')
    return unknown(
      check,
      `${records} this run's mark, and none of them an id that it made`,
      'Name the field that holds the messageId with --id-field.',
    )
  }
  if (findings.others !== undefined && standings.must.count() > 0) return unknown(check, ...elsewhere(findings.others))
  return judge(findings)
}

/** All is lost, or this is not the store that the endpoint writes: the records do not say which. */
function elsewhere({ records, runs }: OtherRuns): [claim: string, fix: string, facts: Verdict['evidence']] {
  return [
    `no record of this run, and ${counted(records, 'record')} of other runs (${runs.join(', ')}): another store, or all is lost`,
    'Check that the receipts read the store, the table and the customer that this endpoint writes to; an empty one of its own decides it: what is missing there is lost.',
    { records, runs: runs.join(', ') },
  ]
}
