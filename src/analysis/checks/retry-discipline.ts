import type { Evidence, SecondOfferFacts } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'

const NAMED = { id: 'retry-discipline', title: 'Trouble that passes is not answered with 4xx' }

/** What a 4xx ended was offered once more after the pressure: accepted then, it had been refused for trouble that passes. */
export const retryDiscipline: Check = { ...NAMED, judge }

function judge(evidence: Evidence): Verdict {
  const { secondOffers, summary } = evidence
  if (summary.counts.attempts === 0) return unknown(NAMED, 'nothing was sent', 'Check that the endpoint is up.')
  if (secondOffers.accepted.count > 0) return failedBy(evidence, secondOffers)
  const { refused, offered, refusedAgain } = secondOffers
  const facts = { refused, offered, accepted: 0, refusedAgain }
  if (refused === 0) {
    return passed(NAMED, `no delivery was ended by a 4xx, in ${counted(summary.counts.attempts, 'attempt')}`, facts)
  }
  const ended = `a 4xx ended ${counted(refused, 'delivery', 'deliveries')}`
  if (refusedAgain === 0) {
    const claim = `${ended}, and none could be offered again to an answer that decides`
    return unknown(NAMED, claim, 'Let the run come to its end, with the endpoint up.', facts)
  }
  const again = `0 of ${countText(refusedAgain)} accepted when offered again`
  return passed(NAMED, `${ended}; ${again}: ${boundText(refusedAgain, 'they')}`, facts)
}

function failedBy(evidence: Evidence, { refused, offered, accepted }: SecondOfferFacts): Verdict {
  const statuses = [...new Set(accepted.examples.map(({ firstStatus }) => firstStatus))].sort((a, b) => a - b)
  return failed(
    NAMED,
    `${countText(accepted.count)} of ${countText(offered)} offered again ${accepted.count === 1 ? 'was' : 'were'} accepted: the ${statuses.join(', ')} before had ended their retries (a 4xx ended ${countText(refused)} in all)`,
    {
      refused,
      offered,
      accepted: accepted.count,
      events: accepted.examples.map(({ index, firstStatus }) => ({ ...messageName(evidence, index), firstStatus })),
    },
    'Answer 429 or 503 to what can be taken later: after a 4xx Segment does not try again, and the event is gone.',
  )
}
