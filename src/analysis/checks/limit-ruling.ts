import type { LatencyObjective } from '../../model/objectives.ts'
import type { LimitFacts } from '../../model/pace-facts.ts'
import type { Summary } from '../../model/report.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type BadShare, ruleOnShare } from './share-ruling.ts'
import { atLeastText, atMostText, neededText, partText } from './share-text.ts'

/** What is said of one claim of several. */
export interface Ruling extends Pick<Verdict, 'status' | 'claim' | 'fix'> {
  readonly facts: Readonly<Record<string, unknown>>
}

/** Whether a share of attempts stays within its limit: what fails is what the target alone did, waits for its slots included. */
export function ruleOnLimit(
  { generator }: Pick<Summary, 'generator'>,
  objective: LatencyObjective,
  limit: LimitFacts,
): Ruling {
  const { judged, above, aboveByTarget } = limit
  const share = { badAtLeast: aboveByTarget, badAtMost: above, trials: judged, allowed: allowedBy(objective) }
  const name = objectiveText(objective)
  const facts = { objective: name, ...limit }
  const ruling = ruleOnShare(share)
  if (ruling === 'beyond') return beyond(name, share, facts)
  const { timing, reasons } = generator
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

export const OWN_FIX: string = 'Give squall a machine, or cores, of its own, or lower the rate.'

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
