import type { AuditFindings } from '../../model/audit.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'
import { withReceipts } from './with-receipts.ts'

const NAMED = { id: 'unaltered', title: 'What is stored is what was sent' }

/** What is stored is what was sent, as far as receipts carry it. */
export const unaltered: Check = {
  ...NAMED,
  judge: (evidence) => withReceipts(NAMED, evidence, (f) => judge(evidence, f)),
}

function judge(evidence: Evidence, findings: AuditFindings): Verdict {
  const { altered, comparedContent, carried } = findings
  if (altered.count > 0) return failedBy(evidence, findings)
  if (comparedContent === 0) {
    return unknown(
      NAMED,
      'receipts carry no content that could be compared',
      'Let receipts carry body, digest, or JSON Pointers into the event.',
      { carried },
    )
  }
  const by = carried.filter((field) => field === 'body' || field === 'digest' || field === 'pointer')
  const how = by.map((field) => (field === 'pointer' ? 'the fields carried' : field)).join(', ')
  return passed(
    NAMED,
    `0 of ${countText(comparedContent)} altered, compared by ${how}: ${boundText(comparedContent, 'alterations')}`,
    { compared: comparedContent, comparedBy: by },
  )
}

function failedBy(evidence: Evidence, { altered, comparedContent, records }: AuditFindings): Verdict {
  const of = Math.max(comparedContent, altered.count)
  const first = altered.examples[0]
  const where = first === undefined ? '' : `, first at ${first.pointer === '' ? 'the whole event' : first.pointer}`
  return failed(
    NAMED,
    `${countText(altered.count)} of ${counted(of, 'record')} compared ${altered.count === 1 ? 'differs' : 'differ'} from what was sent${where}`,
    {
      altered: altered.count,
      compared: comparedContent,
      records,
      differences: altered.examples.map(({ index, ...difference }) => ({
        ...messageName(evidence, index),
        ...difference,
      })),
    },
    'Store the event as it came, in a column that holds any JSON: UTF-8 of four bytes, long texts, decimals and nulls included.',
  )
}
