import type { AuditFindings } from '../../model/audit.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'
import { stillChanging } from './still-changing.ts'
import { withReceipts } from './with-receipts.ts'

const NAMED = { id: 'idempotent', title: 'One message, one record' }

/** However often a message comes, it is stored once, and each copy is accepted. */
export const idempotent: Check = {
  ...NAMED,
  judge(evidence: Evidence): Verdict {
    if (evidence.repeats.refused.count > 0) return refused(evidence)
    return withReceipts(NAMED, evidence, (findings) => judge(evidence, findings))
  },
}

function judge(evidence: Evidence, findings: AuditFindings): Verdict {
  const { repeats } = evidence
  if (findings.duplicated.count > 0) return doubled(evidence, findings)
  if (repeats.acked === 0) return untried(repeats.sent)
  if (findings.foundCount === 0) {
    return unknown(
      NAMED,
      'no record of this run was found',
      'Check that the receipts read the store that this endpoint writes.',
    )
  }
  if (!findings.settled) return stillChanging(NAMED, evidence)
  const copies = `0 of ${counted(repeats.acked, 'repeated copy', 'repeated copies')} stored again`
  const span = `longest time between copies ${spanText(repeats.spanMaxMs)}`
  return passed(NAMED, `${copies}: ${boundText(repeats.acked, 'they')}; ${span}`, {
    repeatsSent: repeats.sent,
    repeatsAcked: repeats.acked,
    spanMaxMs: repeats.spanMaxMs,
  })
}

function refused(evidence: Evidence): Verdict {
  const { count, examples } = evidence.repeats.refused
  const statuses = [...new Set(examples.map(({ status }) => status))].sort((a, b) => a - b)
  return failed(
    NAMED,
    `${counted(count, 'repeated copy was', 'repeated copies were')} refused (status ${statuses.join(', ')})`,
    { refused: count, copies: examples.map(({ index, status }) => ({ ...messageName(evidence, index), status })) },
    'Answer 2xx to a message that is already stored: it comes again whenever an answer was lost, and with every replay.',
  )
}

function doubled(evidence: Evidence, { duplicated, foundCount }: AuditFindings): Verdict {
  const { count, examples } = duplicated
  return failed(
    NAMED,
    `${countText(count)} of ${counted(foundCount, 'message')} ${count === 1 ? 'is' : 'are'} stored more than once`,
    {
      duplicated: count,
      messages: examples.map(({ index, records }) => ({ ...messageName(evidence, index), records })),
    },
    'Put a unique key on messageId for each customer, and treat a second insert as done.',
  )
}

function untried(sent: number): Verdict {
  const why = sent === 0 ? 'no message was sent twice' : 'no repeated copy was accepted'
  return unknown(NAMED, why, 'Send some messages again: duplicates in the scenario, or a replay.', {
    repeatsSent: sent,
  })
}

/** Never more than it was. */
function spanText(spanMs: number): string {
  if (spanMs < 1000) return `${Math.floor(spanMs)} ms`
  const tenths = (ms: number): string => (Math.floor(spanMs / (ms / 10)) / 10).toFixed(1)
  return spanMs < 120_000 ? `${tenths(1000)} s` : `${tenths(60_000)} min`
}
