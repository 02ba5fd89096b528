import type { Evidence } from '../../model/evidence.ts'
import type { BesideReplayFacts } from '../../model/pace-facts.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { Check } from './check.ts'
import { unknown } from './check.ts'
import { joined } from './joined-rulings.ts'
import { type Ruling, ruleOnLimit } from './limit-ruling.ts'
import { noObjective } from './no-objective.ts'
import { type BadShare, ruleOnShare } from './share-ruling.ts'
import { neededText, partText, percentText } from './share-text.ts'
import { upperBound95 } from './upper-bound95.ts'

const NAMED = { id: 'live-under-replay', title: 'Live traffic holds beside a replay' }

/** So many more of live attempts may be turned away while a replay goes on. */
const TURNED_AWAY_SHARE = 0.05

/** While a replay goes on, live traffic keeps its latency, and is turned away no more than otherwise. */
export const liveUnderReplay: Check = { ...NAMED, judge }

function judge({ paces, header, summary }: Evidence): Verdict {
  const { besideReplay } = paces
  if (besideReplay === null || besideReplay.attempts === 0) {
    return unknown(NAMED, 'no live traffic was due while a replay went on', 'Send both: squall run replay-beside-live.')
  }
  const { objectives } = header.asks
  const limits = objectives.liveLatency ?? objectives.latency
  if (limits.length === 0) return noObjective(NAMED)
  const { attempts, troubled, otherwise } = besideReplay
  const rulings = limits.map((limit, i) => ruleOnLimit(summary, limit, besideReplay.limits[i]!))
  const objectivesFacts = rulings.map(({ facts }) => facts)
  return joined(NAMED, [...rulings, turnedAway(besideReplay)], {
    objectives: objectivesFacts,
    attempts,
    turnedAway: troubled,
    otherwise,
  })
}

/** What is turned away without a replay as well is not the replay's doing. */
function turnedAway({ attempts, troubled, otherwise }: BesideReplayFacts): Ruling {
  const usual = otherwise.attempts === 0 ? 0 : otherwise.troubled / otherwise.attempts
  const usualAtMost = upperBound95(otherwise.troubled, otherwise.attempts) ?? 1
  const share: BadShare = {
    badAtLeast: Math.max(0, Math.floor(troubled - usualAtMost * attempts)),
    badAtMost: Math.max(0, Math.ceil(troubled - usual * attempts)),
    trials: attempts,
    allowed: TURNED_AWAY_SHARE,
  }
  const claim = `${partText(troubled, attempts)} live attempts were turned away beside the replay, ${percentText(usual)} otherwise`
  const ruling = ruleOnShare(share)
  if (ruling === 'within') return { status: 'pass', claim, fix: '', facts: {} }
  if (ruling === 'beyond') return { status: 'fail', claim, fix: FIX, facts: {} }
  return { status: 'unknown', claim, fix: `Send more: ${neededText(share, 'live attempts')}.`, facts: {} }
}

const FIX = 'Take replayed events more slowly, with 429 and Retry-After, and keep room for live ones.'
