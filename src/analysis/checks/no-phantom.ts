import type { AuditFindings } from '../../model/audit.ts'
import type { Evidence } from '../../model/evidence.ts'
import { indexAt } from '../../model/ordinal.ts'
import type { Verdict } from '../../model/verdict.ts'
import { bitsFromText } from '../audit-bits.ts'
import { EXAMPLES_MAX } from '../audit-examples.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'
import { stillChanging } from './still-changing.ts'
import { withReceipts } from './with-receipts.ts'

const NAMED = { id: 'no-phantom', title: 'Nothing is stored that was not sent' }

/** Nothing of this run is there that was not sent. */
export const noPhantom: Check = {
  ...NAMED,
  judge: (evidence) => withReceipts(NAMED, evidence, (f) => judge(evidence, f)),
}

function judge(evidence: Evidence, findings: AuditFindings): Verdict {
  const { may } = evidence.standings
  const found = bitsFromText(findings.found, may.size)
  const neverSent = found.countWithout(may)
  const phantoms = neverSent + findings.strangers.count
  if (phantoms > 0) return failedBy(evidence, findings, found.firstWithout(may, EXAMPLES_MAX), phantoms)
  if (findings.foundCount === 0) {
    return unknown(
      NAMED,
      'no record of this run was found',
      'Check that the receipts read the store that this endpoint writes.',
    )
  }
  if (!findings.settled) return stillChanging(NAMED, evidence)
  const said = `0 of ${countText(findings.foundCount)} never sent: ${boundText(findings.foundCount, 'phantoms')}`
  return passed(NAMED, said + blindSpot(findings), { found: findings.foundCount, carried: findings.carried })
}

function failedBy(
  evidence: Evidence,
  findings: AuditFindings,
  neverSent: readonly number[],
  phantoms: number,
): Verdict {
  return failed(
    NAMED,
    `${counted(phantoms, 'record')} of this run ${phantoms === 1 ? 'was' : 'were'} never sent`,
    {
      phantoms,
      strangers: findings.strangers.examples,
      neverSent: neverSent.map((ordinal) => messageName(evidence, indexAt(evidence.plan, ordinal))),
    },
    'Store each event under the messageId that it came with, and nothing that did not come.',
  )
}

/** With ids alone a record under an invented id looks like another's. */
function blindSpot({ carried }: AuditFindings): string {
  if (carried.includes('userId') || carried.includes('body')) return ''
  return '; records under ids that squall never made could not be told from those of others, since receipts carry neither userId nor body'
}
