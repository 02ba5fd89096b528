import type { AuditFindings } from '../../model/audit.ts'
import type { BitSet } from '../../model/bit-set.ts'
import type { Evidence } from '../../model/evidence.ts'
import { indexAt } from '../../model/ordinal.ts'
import type { Verdict } from '../../model/verdict.ts'
import { EXAMPLES_MAX } from '../audit-examples.ts'
import { type MissingMessages, missingOf } from '../discarded.ts'
import { boundText, ratioText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'
import { upperBound95 } from './upper-bound95.ts'
import { withReceipts } from './with-receipts.ts'

const NAMED = { id: 'no-loss', title: 'Nothing acknowledged is lost' }

/** What was acknowledged is in the store: by id, in the last reading. */
export const noLoss: Check = { ...NAMED, judge: (evidence) => withReceipts(NAMED, evidence, (f) => judge(evidence, f)) }

function judge(evidence: Evidence, findings: AuditFindings): Verdict {
  const { must } = evidence.standings
  const expected = must.count()
  if (expected === 0) {
    return unknown(
      NAMED,
      'nothing was acknowledged, so nothing can be missed',
      'Have the endpoint answer 2xx to what it has stored.',
    )
  }
  const missing = missingOf(evidence.standings, findings)
  const lost = must.countWithout(missing.found)
  if (lost === 0) return bounded(evidence, expected)
  return findings.settled ? missed(evidence, missing, lost, expected) : stillMoving(evidence, lost, expected)
}

function bounded({ header }: Evidence, expected: number): Verdict {
  const bound = upperBound95(0, expected)!
  const { claim } = header.asks
  const said = `0 of ${countText(expected)} lost: ${boundText(expected, 'losses')}`
  const facts = { expected, lost: 0, bound95: bound }
  if (claim === 0 || bound <= claim) return passed(NAMED, said, facts)
  const needed = Math.ceil(Math.log(0.05) / Math.log1p(-claim))
  return unknown(
    NAMED,
    `${said}; that is not enough to claim ${ratioText(claim)}`,
    `Have at least ${counted(needed, 'event')} acknowledged, or state a weaker --claim.`,
    { ...facts, claim, needed },
  )
}

/** @param lost those that were discarded among them */
function missed(evidence: Evidence, missing: MissingMessages, lost: number, expected: number): Verdict {
  const { must, ackedAtMs } = evidence.standings
  const { found } = missing
  const restart = besideRestart(evidence, found, lost)
  const discarded = missing.discarded.count()
  const told =
    discarded === 0
      ? ''
      : `; ${countText(discarded)} of them ${discarded === 1 ? 'was' : 'were'} discarded, as the receiver says itself`
  const events = must.firstWithout(found, EXAMPLES_MAX).map((ordinal) => ({
    ...messageName(evidence, indexAt(evidence.plan, ordinal)),
    ackedAtMs: ackedAtMs[ordinal] ?? null,
  }))
  return failed(
    NAMED,
    `${countText(lost)} of ${countText(expected)} acknowledged ${expected === 1 ? 'event' : 'events'} ${lost === 1 ? 'is' : 'are'} not in the store${told}${restart.told}`,
    {
      expected,
      lost,
      ...(discarded > 0 && { discarded }),
      lostRatioBound95: upperBound95(lost, expected),
      ...restart.facts,
      events,
    },
    lost === discarded
      ? 'See stream-discards: its codes say why the receiver kept none of them.'
      : lost === expected
        ? 'Check first that the receipts read the store that this endpoint writes; then answer 2xx only once an event is stored for good.'
        : `Answer 2xx only once an event is stored for good, 5xx or 429 when it cannot be, and take for a duplicate only what has the same messageId${evidence.plan.traffic.customers ? ' and is the same customer’s' : ''}.`,
  )
}

/** What of the loss had been acknowledged when the receiver was killed, where it was. */
function besideRestart(
  { standings: { must, ackedAtMs }, restartedAtMs }: Evidence,
  found: BitSet,
  lost: number,
): { readonly told: string; readonly facts: Verdict['evidence'] } {
  if (restartedAtMs === undefined) return { told: '', facts: {} }
  const before = must.firstWithout(found, lost).filter((ordinal) => ackedAtMs[ordinal]! <= restartedAtMs)
  const lastAckMs = before.reduce((last, ordinal) => Math.max(last, ackedAtMs[ordinal]!), Number.NEGATIVE_INFINITY)
  const last = before.length === 0 ? {} : { lastAckBeforeRestartMs: restartedAtMs - lastAckMs }
  return {
    told: `; ${countText(before.length)} of them were acknowledged before the restart at ${(restartedAtMs / 1000).toFixed(2)} s`,
    facts: { restartedAtMs, lostBeforeRestart: before.length, ...last },
  }
}

/** What was still coming in when the time was over may yet come in: late, not lost. */
function stillMoving({ header }: Evidence, lost: number, expected: number): Verdict {
  const settle = `${header.asks.settleMs / 1000} s`
  return unknown(
    NAMED,
    `${countText(lost)} of ${countText(expected)} acknowledged events were not visible after ${settle}, and the store was still changing`,
    'Give the store longer to show what it holds, with --settle, and audit again.',
    { expected, missing: lost, settleMs: header.asks.settleMs },
  )
}
