import type { AuditFindings } from '../../model/audit.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Expectation, UnderstandingFindings } from '../../model/expectation.ts'
import type { Verdict } from '../../model/verdict.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'
import { stillChanging } from './still-changing.ts'
import { withReceipts } from './with-receipts.ts'

const NAMED = { id: 'understood', title: 'Events mean to the receiver what they say' }

/** What the run expects of events is what the receipts or the state say of them. */
export const understood: Check = {
  ...NAMED,
  judge: (evidence) => withReceipts(NAMED, evidence, (findings) => judge(evidence, findings)),
}

interface Judged {
  readonly expectation: Expectation
  readonly findings: UnderstandingFindings
}

function judge(evidence: Evidence, { understood: all = [], settled }: AuditFindings): Verdict {
  const { expectations = [] } = evidence.header.asks
  const judged = expectations.map((expectation, i) => ({ expectation, findings: all[i] ?? NOTHING }))
  if (judged.length === 0) return unasked()
  const misread = judged.filter(({ findings }) => findings.carried > 0 && findings.misread.count > 0)
  if (misread.length > 0) return settled ? failedBy(evidence, misread) : stillChanging(NAMED, evidence)
  for (const one of judged) {
    const why = untold(one)
    if (why !== undefined) return why
  }
  return said(judged)
}

const NOTHING: UnderstandingFindings = { events: 0, carried: 0, misread: { count: 0, examples: [] }, unreadable: '' }

function unasked(): Verdict {
  return unknown(
    NAMED,
    'the scenario expects nothing of its events',
    'Say in the scenario what becomes of an event: expect: [{event: Order Completed, pointer: /properties/total, receipts: orderTotal}].',
  )
}

/** Why an expectation was not put to the test, if it was not. */
function untold({ expectation, findings }: Judged): Verdict | undefined {
  const { place, field, pointer } = expectation
  const where = place === 'receipts' ? 'no record' : 'no user’s line in the state'
  if (findings.unreadable !== '') {
    return unknown(
      NAMED,
      `the final state could not be read: ${findings.unreadable}`,
      'Mend the source and audit again.',
    )
  }
  if (findings.events === 0) {
    const why =
      place === 'state'
        ? 'Give --state SOURCE, and send more of them.'
        : 'Send more of them, or choose a pointer that they have.'
    return unknown(NAMED, `no ${kindOf(expectation)} with a value at ${pointer} was looked at`, why)
  }
  if (findings.carried === 0) {
    return unknown(
      NAMED,
      `${where} of ${countedOf(expectation, findings.events)} has a field \`${field}\``,
      `Let ${place === 'receipts' ? 'receipts' : 'the state'} carry it, or name the field that does.`,
      { field, events: findings.events },
    )
  }
  return undefined
}

function said(judged: readonly Judged[]): Verdict {
  const each = judged.map(({ expectation, findings }) => {
    return `0 of ${countedOf(expectation, findings.events)} misread at ${expectation.pointer}: ${boundText(findings.events, 'misreadings')}`
  })
  return passed(NAMED, each.join('; '), { expectations: judged.map(countsOf) })
}

function failedBy(evidence: Evidence, misread: readonly Judged[]): Verdict {
  const each = misread.map(({ expectation, findings }) => {
    const first = findings.misread.examples[0]
    const shown = first === undefined ? '' : `, first ${first.actual} for ${first.expected}`
    return `\`${expectation.field}\` is not ${expectation.pointer} of ${countText(findings.misread.count)} of ${countedOf(expectation, findings.events)}${shown}`
  })
  return failed(
    NAMED,
    each.join('; '),
    {
      expectations: misread.map((one) => ({
        ...countsOf(one),
        examples: one.findings.misread.examples.map(({ index, ...example }) => ({
          ...messageName(evidence, index),
          ...example,
        })),
      })),
    },
    'Read the value where the Spec has it, and in its own type.',
  )
}

function countsOf({ expectation, findings }: Judged): object {
  const { type, event = '', pointer, place, field } = expectation
  const { events, carried, misread } = findings
  return { type, event, pointer, [place]: field, events, carried, misread: misread.count }
}

/** Of a state users are counted, not events. */
function countedOf(expectation: Expectation, count: number): string {
  const kind = kindOf(expectation)
  return expectation.place === 'receipts' ? counted(count, kind) : `${counted(count, 'user')} with some ${kind}`
}

function kindOf({ type, event }: Expectation): string {
  return event === undefined ? `${type} call` : `${event} event`
}
