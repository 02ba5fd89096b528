import type { AuditFindings } from '../../model/audit.ts'
import { BitSet } from '../../model/bit-set.ts'
import { ABSORBED, type DiscardFindings } from '../../model/discards.ts'
import type { Evidence } from '../../model/evidence.ts'
import { indexAt } from '../../model/ordinal.ts'
import type { Verdict } from '../../model/verdict.ts'
import { bitsFromText } from '../audit-bits.ts'
import { EXAMPLES_MAX } from '../audit-examples.ts'
import { type MissingMessages, missingOf, readableDiscards } from '../discarded.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'
import { withReceipts } from './with-receipts.ts'

const NAMED = { id: 'stream-discards', title: 'Nothing accepted is discarded', profile: 'stream' } as const

/** What was accepted with a 2xx is in the store, and not discarded behind it. A copy of what is there may be: that is how it should be. */
export const streamDiscards: Check = {
  ...NAMED,
  judge: (evidence) => withReceipts(NAMED, evidence, (findings) => judge(evidence, findings)),
}

function judge(evidence: Evidence, findings: AuditFindings): Verdict {
  const { discards } = findings
  if (discards === undefined) {
    const fix = 'Give --discards SOURCE: the receiver’s own, or an export of the workspace’s discards.'
    return unknown(NAMED, 'nobody says what was discarded', fix)
  }
  if (discards.unreadable !== '') {
    return unknown(NAMED, `the discards could not be read: ${discards.unreadable}`, 'Mend the source and audit again.')
  }
  const expected = evidence.standings.must.count()
  if (expected === 0) {
    return unknown(NAMED, 'nothing was accepted, so nothing can be discarded', 'Have the endpoint answer 2xx.')
  }
  const missing = missingOf(evidence.standings, findings)
  const facts = factsOf(findings, discards, missing, expected)
  if (missing.discarded.count() > 0) return failedBy(evidence, findings, missing, facts)
  return missing.lost.count() > 0 ? unexplained(missing, discards, facts) : kept(expected, findings, facts)
}

function kept(expected: number, findings: AuditFindings, facts: Verdict['evidence']): Verdict {
  const copies = absorbedOf(findings)
  const absorbed = copies === 0 ? '' : `; ${counted(copies, 'copy', 'copies')} of them absorbed`
  const claim = `0 of ${countText(expected)} accepted were discarded: ${boundText(expected, 'discards')}${absorbed}`
  return passed(NAMED, claim, facts)
}

function failedBy(evidence: Evidence, findings: AuditFindings, missing: MissingMessages, facts: object): Verdict {
  const { must } = evidence.standings
  const codes = codesOf(findings, missing.discarded)
  const [first] = codes
  const count = missing.discarded.count()
  const said = codes.map(({ code, messages }) => `${code} (${countText(messages.count())})`).join(', ')
  const events = codes.flatMap(({ code, messages }) =>
    ordinalsOf(messages).map((ordinal) => ({ code, ...messageName(evidence, indexAt(evidence.plan, ordinal)) })),
  )
  return failed(
    NAMED,
    `${countText(count)} of ${countText(must.count())} accepted events ${count === 1 ? 'was' : 'were'} discarded: ${said}`,
    { ...facts, events: events.slice(0, EXAMPLES_MAX) },
    FIXES[first?.code ?? ''] ??
      'Send what Segment keeps: squall lint --profile stream says of each event what is wrong with it.',
  )
}

const FIXES: Readonly<Record<string, string>> = {
  unknown_source:
    'Check the write key, whether it was regenerated meanwhile, and whether its workspace is of this region: Segment answers 200 to any, and keeps nothing of an unknown one.',
  [ABSORBED]: 'Give each event a messageId of its own: what has the same one within the window is taken for a copy.',
  'wrong-region':
    'Send to the region of the customer’s workspace (--region eu, or us): the other takes its events with a 200, and keeps none.',
  'event-too-large': 'Keep each event within 32 KB: of a batch Segment drops a larger one, and takes the rest.',
  'batch-too-many': 'Put at most 2 500 events into a request: Segment drops what is beyond.',
  no_user_anon_id: 'Give each event the userId that you received from Segment.',
}

/** Absent, and no discard names them: uncertain, and `no-loss` says the rest. */
function unexplained({ lost }: MissingMessages, { unnamed }: DiscardFindings, facts: Verdict['evidence']): Verdict {
  const absent = `${counted(lost.count(), 'accepted event is', 'accepted events are')} absent, and no discard names ${lost.count() === 1 ? 'it' : 'them'}`
  if (unnamed.length === 0) return unknown(NAMED, absent, 'Look for them where they were lost: see no-loss.', facts)
  const counts = unnamed.map(({ code, events }) => `${code || 'no code'} (${countText(events)})`).join(', ')
  const fix = 'Give discards as lines with their messageId, or play against a source that takes nothing but this run.'
  return unknown(NAMED, `${absent}; counted without saying whose: ${counts}`, fix, facts)
}

function factsOf(
  findings: AuditFindings,
  { lines, byCode, unnamed }: DiscardFindings,
  { found, discarded, lost }: MissingMessages,
  expected: number,
): Verdict['evidence'] {
  const others = byCode.filter(({ code }) => code !== ABSORBED)
  return {
    expected,
    discarded: discarded.count(),
    absent: discarded.count() + lost.count(),
    absorbed: absorbedOf(findings),
    byCode: Object.fromEntries(byCode.map(({ code, events }) => [code || 'no code', events])),
    // One copy was kept, or the attempt that brought the other was not accepted.
    discardedAndFound: others.reduce((sum, one) => sum + bitsFromText(one.messages, found.size).countWith(found), 0),
    ...(unnamed.length > 0 && { unnamed: Object.fromEntries(unnamed.map(({ code, events }) => [code, events])) }),
    lines,
  }
}

/** Copies of what is there. */
function absorbedOf(findings: AuditFindings): number {
  return readableDiscards(findings).find(({ code }) => code === ABSORBED)?.events ?? 0
}

/** The codes by which these messages were discarded, the most frequent first. */
function codesOf(findings: AuditFindings, discarded: BitSet): { readonly code: string; readonly messages: BitSet }[] {
  return readableDiscards(findings)
    .map(({ code, messages }) => ({
      code: code || 'no code',
      messages: discarded.with(bitsFromText(messages, discarded.size)),
    }))
    .filter(({ messages }) => messages.count() > 0)
    .sort((a, b) => b.messages.count() - a.messages.count())
}

function ordinalsOf(set: BitSet): number[] {
  return set.firstWithout(new BitSet(set.size), EXAMPLES_MAX)
}
