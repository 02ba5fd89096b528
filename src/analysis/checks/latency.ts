import type { Evidence, LimitFacts } from '../../model/evidence.ts'
import type { LatencyObjective } from '../../model/objectives.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { noObjective } from './no-objective.ts'
import { type BadShare, ruleOnShare } from './share-ruling.ts'
import { atLeastText, atMostText, neededText, partText } from './share-text.ts'

const NAMED = { id: 'latency', title: 'Latency keeps its objective' }

/**
 * Each stated percentile stays within its limit. Squall's own lateness can keep this from a pass, never make it fail: what fails is what the
 * target alone did, waits for its slots included.
 */
export const latency: Check = { ...NAMED, judge }

function judge(evidence: Evidence): Verdict {
  const { limits, header } = evidence
  if (limits.length === 0) return noObjective(NAMED)
  const rulings = header.asks.objectives.latency.map((objective, i) => ruleOn(evidence, objective, limits[i]!))
  const facts = { objectives: rulings.map(({ facts }) => facts) }
  const worst = rulings.find(({ status }) => status === 'fail') ?? rulings.find(({ status }) => status === 'unknown')
  const claim = rulings.map((ruling) => ruling.claim).join('; ')
  if (worst === undefined) return passed(NAMED, claim, facts)
  return worst.status === 'fail' ? failed(NAMED, claim, facts, worst.fix) : unknown(NAMED, claim, worst.fix, facts)
}

interface Ruling extends Pick<Verdict, 'status' | 'claim' | 'fix'> {
  readonly facts: Readonly<Record<string, unknown>>
}

function ruleOn({ summary }: Evidence, objective: LatencyObjective, limit: LimitFacts): Ruling {
  const { judged, above, aboveByTarget } = limit
  const share = { badAtLeast: aboveByTarget, badAtMost: above, trials: judged, allowed: allowedBy(objective) }
  const name = objectiveText(objective)
  const facts = { objective: name, ...limit }
  const ruling = ruleOnShare(share)
  if (ruling === 'beyond') return beyond(name, share, facts)
  const { timing, reasons } = summary.generator
  if (timing === 'doubtful') {
    const claim = `${name}: squall itself did not keep time (${reasons.join('; ')})`
    return { status: 'unknown', claim, fix: OWN_FIX, facts }
  }
  if (ruling === 'open') return open(name, share, facts)
  return {
    status: 'pass',
    claim: `${name}: ${partText(above, judged)} took longer: ${atMostText(share)}`,
    fix: '',
    facts,
  }
}

const OWN_FIX = 'Give squall a machine, or cores, of its own, or lower the rate.'

function beyond(name: string, share: BadShare, facts: Ruling['facts']): Ruling {
  const claim = `${name} is not kept: ${partText(share.badAtLeast, share.trials)} took longer: ${atLeastText(share)}`
  const fix =
    'See the latency by percentile and over time: whether all is slow, or a stretch of it; and the slot wait, which is the endpoint’s.'
  return { status: 'fail', claim, fix, facts }
}

function open(name: string, share: BadShare, facts: Ruling['facts']): Ruling {
  const { badAtLeast, badAtMost, trials } = share
  const claim = `${name}: ${partText(badAtMost, trials)} took longer, which decides nothing`
  if (ruleOnShare({ ...share, badAtLeast: badAtMost }) === 'beyond') {
    const ours = `${claim}: only ${badAtLeast} of them beyond what squall’s own lateness can have added`
    return { status: 'unknown', claim: ours, fix: OWN_FIX, facts }
  }
  return { status: 'unknown', claim, fix: `Send more: ${neededText(share, 'attempts')}.`, facts }
}

function objectiveText({ share, limitMs, from }: LatencyObjective): string {
  return `p${Number((share * 100).toPrecision(6))} < ${limitMs} ms from ${from}`
}

/** 1 − 0.99 is a little more than 0.01 in floating point. */
function allowedBy({ share }: LatencyObjective): number {
  return Number((1 - share).toPrecision(12))
}
