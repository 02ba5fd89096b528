import type { Evidence } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { countText } from './count-text.ts'
import { noObjective } from './no-objective.ts'
import { type BadShare, ruleOnShare } from './share-ruling.ts'
import { atLeastText, atMostText, neededText, partText, percentText } from './share-text.ts'
import { welcomeAccounts } from './welcome.ts'

const NAMED = { id: 'success-rate', title: 'Deliveries are accepted in the end' }

/**
 * The share of deliveries that do not end acked. Those with retries left when squall stopped, those that a cut left without an outcome and those
 * that may have failed on our own machine count neither way: a pass must hold if they all failed, a fail if none did.
 */
export const successRate: Check = { ...NAMED, judge }

function judge(evidence: Evidence): Verdict {
  const { summary, header, cutShort } = evidence
  const { acked, rejected, exhausted, ambiguous, abandoned, sent } = welcomeAccounts(evidence)
  const { successShare } = header.asks.objectives
  if (successShare === null) return noObjective(NAMED)
  const allowed = Number((1 - successShare).toPrecision(12))
  const ended = rejected + exhausted + (cutShort ? 0 : ambiguous)
  const share: BadShare = {
    badAtLeast: Math.max(0, ended - summary.classes.local),
    badAtMost: rejected + exhausted + ambiguous + abandoned,
    trials: sent,
    allowed,
  }
  const facts = { asked: successShare, sent, acked, failed: share.badAtMost, failedBeyondDoubt: share.badAtLeast }
  const ruling = ruleOnShare(share)
  const asked = `at least ${percentText(successShare)}`
  if (ruling === 'within')
    return passed(NAMED, `${partText(share.badAtMost, sent)} were not: ${atMostText(share)}`, facts)
  if (ruling === 'beyond') {
    const claim = `${partText(share.badAtLeast, sent)} were not: ${atLeastText(share)}; asked: ${asked} accepted`
    return failed(NAMED, claim, facts, 'See failed.ndjson for each of them, and the answers under Seen.')
  }
  return undecided(share, asked, facts)
}

function undecided(share: BadShare, asked: string, facts: Verdict['evidence']): Verdict {
  const { badAtLeast, badAtMost, trials } = share
  const open = badAtMost - badAtLeast
  const claim = `${partText(badAtMost, trials)} were not accepted, which decides nothing about ${asked}`
  if (ruleOnShare({ ...share, badAtLeast: badAtMost }) === 'beyond') {
    const why = `${claim}: ${countText(open)} of them were still open, or failed on this machine`
    return unknown(NAMED, why, 'Let the run come to its end, with a longer --drain.', facts)
  }
  return unknown(NAMED, claim, `Send more: ${neededText(share, 'deliveries')}.`, facts)
}
