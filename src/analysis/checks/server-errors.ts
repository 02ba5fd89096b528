import type { Evidence } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { noObjective } from './no-objective.ts'
import { ruleOnShare } from './share-ruling.ts'
import { atLeastText, atMostText, neededText, partText, percentText } from './share-text.ts'
import { welcomeAttempts } from './welcome.ts'

const NAMED = { id: 'server-errors', title: 'Server errors stay rare' }

/** The share of attempts that meet a 5xx. An answer is an answer whenever it is looked at: squall's timing does not matter. */
export const serverErrors: Check = { ...NAMED, judge }

function judge(evidence: Evidence): Verdict {
  const allowed = evidence.header.asks.objectives.serverErrorShare
  if (allowed === null) return noObjective(NAMED)
  // What failed on our own machine never reached the target.
  const { attempts: trials, serverErrors } = welcomeAttempts(evidence)
  const share = { badAtLeast: serverErrors, badAtMost: serverErrors, trials, allowed }
  const facts = { allowed, attempts: trials, serverErrors }
  const met = `${partText(serverErrors, trials)} attempts met a 5xx`
  const ruling = ruleOnShare(share)
  if (ruling === 'within') return passed(NAMED, `${met}: ${atMostText(share)}`, facts)
  if (ruling === 'beyond') {
    const claim = `${met}: ${atLeastText(share)}; asked: at most ${percentText(allowed)}`
    return failed(NAMED, claim, facts, 'See the answers under Seen, and when they came in the series.')
  }
  const claim = `${met}, which decides nothing about at most ${percentText(allowed)}`
  return unknown(NAMED, claim, `Send more: ${neededText(share, 'attempts')}.`, facts)
}
