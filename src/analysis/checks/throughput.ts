import type { Evidence } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { noObjective } from './no-objective.ts'

const NAMED = { id: 'throughput', title: 'The stated rate is taken' }

/** Deliveries accepted per second, by attempts that left while the plan's phases lasted. */
export const throughput: Check = { ...NAMED, judge }

function judge({ plan, summary, header, cutShort }: Evidence): Verdict {
  const asked = header.asks.objectives.acceptedPerSecond
  if (asked === null) return noObjective(NAMED)
  if (plan.phases.some(({ expects }) => expects !== 'accepted')) {
    return unknown(NAMED, 'part of what was sent is to be refused', 'Ask for the rate in a run of valid traffic alone.')
  }
  const { targetPerSecond: offered, acceptedPerSecond: accepted } = summary.rate
  const facts = { askedPerSecond: asked, offeredPerSecond: offered, acceptedPerSecond: accepted }
  const claim = `${accepted}/s accepted of ${offered}/s offered; asked: at least ${asked}/s`
  if (offered < asked) return unknown(NAMED, claim, `Offer at least ${asked}/s: --rate ${asked}/s.`, facts)
  if (summary.generator.timing === 'doubtful') {
    const why = `squall itself did not keep time (${summary.generator.reasons.join('; ')})`
    return unknown(NAMED, `${claim}; ${why}`, 'Give squall a machine, or cores, of its own, or lower the rate.', facts)
  }
  if (accepted >= asked) return passed(NAMED, claim, facts)
  if (cutShort) return unknown(NAMED, `${claim}; the run was cut short`, 'Let the run come to its end.', facts)
  return failed(
    NAMED,
    claim,
    facts,
    'See what the attempts met, and whether they waited for slots: see In flight and Slot wait.',
  )
}
