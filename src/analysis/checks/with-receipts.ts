import type { AuditFindings } from '../../model/audit.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, unknown } from './check.ts'
import { counted } from './count-text.ts'

/** Judges by what the receipts said, or says why they cannot tell. */
export function withReceipts(
  check: Pick<Check, 'id' | 'title'>,
  { findings }: Evidence,
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
  return judge(findings)
}
