import type { AuditFindings, CorrectionFacts } from '../../model/audit.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import { IN_STEP_MS } from '../audit-times.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'
import { withReceipts } from './with-receipts.ts'

const NAMED = { id: 'event-time', title: 'Events keep their own time' }

/** Finer is never asked for: order within a second is not what replays change. */
const COARSEST_MS = 1000

const UNIT_NAMES: Readonly<Record<number, string>> = {
  1: 'millisecond',
  10: 'hundredth of a second',
  100: 'tenth of a second',
  1000: 'second',
  60000: 'minute',
  3600000: 'hour',
  86400000: 'day',
}

/** The stored event time is the event's instant, in the store's own unit. */
export const eventTime: Check = {
  ...NAMED,
  judge: (evidence) => withReceipts(NAMED, evidence, (f) => judge(evidence, f)),
}

function judge(evidence: Evidence, findings: AuditFindings): Verdict {
  const { comparedTime, timeUnitMs, misdated, correction } = findings
  if (comparedTime === 0) {
    return unknown(NAMED, 'receipts carry no event time', 'Let receipts carry `timestamp`: the event time as stored.')
  }
  if (timeUnitMs === 0) {
    const fix = 'Give event times as ISO 8601 text, or as a number of s, ms, µs or ns since 1970.'
    return unknown(NAMED, `none of ${counted(comparedTime, 'event time')} could be read`, fix, exampleOf(findings))
  }
  if (correction && areOutOfStep(correction, findings)) return outOfStep(correction, comparedTime)
  if (misdated.count > 0) return failedBy(evidence, findings)
  if (timeUnitMs > COARSEST_MS) return tooCoarse(findings)
  const said = `0 of ${countText(comparedTime)} misdated, to the ${UNIT_NAMES[timeUnitMs]}`
  const facts = { compared: comparedTime, timeUnitMs, ...(correction && { correction }) }
  return passed(NAMED, `${said}${allowance(correction)}: ${boundText(comparedTime, 'errors')}`, facts)
}

function failedBy(evidence: Evidence, { comparedTime, timeUnitMs, misdated, correction }: AuditFindings): Verdict {
  const { count } = misdated
  const times = counted(comparedTime, 'event time')
  return failed(
    NAMED,
    `${countText(count)} of ${times} ${count === 1 ? 'is' : 'are'} not the event's, to the ${UNIT_NAMES[timeUnitMs]}${allowance(correction)}`,
    {
      misdated: count,
      compared: comparedTime,
      timeUnitMs,
      ...(correction && { correction }),
      events: misdated.examples.map(({ index, ...times }) => ({ ...messageName(evidence, index), ...times })),
    },
    correction === undefined ? AS_SENT : CORRECTED,
  )
}

const AS_SENT =
  "Take the event's time from its `timestamp`, never from its arrival or `sentAt`, and keep it however old it is."
const CORRECTED =
  "Take the event's time as receivedAt − (sentAt − timestamp): how long before its sending it happened by the sender's clock, before its arrival by yours."

/** What a correction by the sender's clock may have added. */
function allowance(correction: CorrectionFacts | undefined): string {
  if (correction === undefined) return ''
  const longestMs = Math.ceil(correction.allowedMs)
  const told = correction.told === 0 ? '' : `, and ${countText(correction.told)} held against their own sentAt`
  return `, the way of a batch allowed for (${countText(longestMs)} ms at most, clocks in step to ${IN_STEP_MS} ms)${told}`
}

/** All are off by the same, and each record is right in itself: that is how it looks where the two clocks differ. */
function areOutOfStep(
  { allowedMs, shiftMinMs, shiftMaxMs, told, wrong }: CorrectionFacts,
  { comparedTime, misdated }: AuditFindings,
): boolean {
  if (misdated.count === 0 || wrong > 0 || told < comparedTime || shiftMinMs === null || shiftMaxMs === null)
    return false
  return shiftMaxMs - shiftMinMs <= allowedMs + IN_STEP_MS
}

function outOfStep(correction: CorrectionFacts, compared: number): Verdict {
  const apartS = (correction.shiftMinMs! / 1000).toFixed(1)
  return unknown(
    NAMED,
    `each of ${counted(compared, 'event time')} follows from its own receivedAt and sentAt, and all lie about ${apartS} s off: the receiver's clock and this one are not in step`,
    'Set both clocks by NTP and send again.',
    { compared, correction },
  )
}

function tooCoarse({ comparedTime, timeUnitMs }: AuditFindings): Verdict {
  return failed(
    NAMED,
    `event times are kept to the ${UNIT_NAMES[timeUnitMs]} only`,
    { compared: comparedTime, timeUnitMs },
    'Keep event times to the second at least, better to the millisecond: order within a minute hangs on it.',
  )
}

function exampleOf({ misdated }: AuditFindings): Verdict['evidence'] {
  return { example: misdated.examples[0] ?? null }
}
