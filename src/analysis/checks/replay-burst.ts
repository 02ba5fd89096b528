import type { Evidence } from '../../model/evidence.ts'
import type { TakenFacts } from '../../model/pace-facts.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, unknown } from './check.ts'
import { joined } from './joined-rulings.ts'
import { ruleOnTaken } from './taken-ruling.ts'

const NAMED = { id: 'replay-burst', title: 'A replay is taken at the asked rate' }

/** Moments by chance may ask for so much more than the rate on average. */
const LEEWAY = 1.05

/** A replay comes at a rate within the declared one, and is taken at that rate. Where none is declared the rate is measured. */
export const replayBurst: Check = { ...NAMED, judge }

function judge(evidence: Evidence): Verdict {
  const { replay } = evidence.paces
  if (replay === null) return unknown(NAMED, 'nothing was replayed', 'Replay something: squall run replay-burst.')
  const declaredPerSecond = evidence.header.asks.declaredPerSecond ?? null
  const facts = { ...replay, declaredPerSecond, ...ratesOf(replay) }
  const { askedPerSecond, takenPerSecond, duePerSecond } = facts
  const rates = `asked for at ${askedPerSecond}/s, taken at ${takenPerSecond}/s`
  if (declaredPerSecond === null) {
    return unknown(NAMED, `${rates}; no rate is declared to judge it by`, 'State it: --declared-rate 500/s.', facts)
  }
  if (duePerSecond > declaredPerSecond * LEEWAY) {
    const claim = `${rates}; with all beside it that is more than the ${declaredPerSecond}/s declared (${duePerSecond}/s)`
    return unknown(NAMED, claim, 'Ask for what is declared, with --rate, or less.', facts)
  }
  const ruling = ruleOnTaken(evidence, replay)
  return joined(NAMED, [{ ...ruling, claim: `${rates}: ${ruling.claim}` }], facts)
}

function ratesOf({ seconds, asked, taken, due }: TakenFacts): Readonly<Record<`${string}PerSecond`, number>> & {
  readonly askedPerSecond: number
  readonly takenPerSecond: number
  readonly duePerSecond: number
} {
  const perSecond = (count: number): number => Math.round((count / Math.max(1, seconds)) * 10) / 10
  return { askedPerSecond: perSecond(asked), takenPerSecond: perSecond(taken), duePerSecond: perSecond(due) }
}
