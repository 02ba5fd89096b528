import type { Evidence } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'
import { takenFreely } from './refusals.ts'

const NAMED = { id: 'accepts-valid', title: 'Valid events are accepted' }

/** No valid event is refused for good. Judged by the answers alone. */
export const acceptsValid: Check = { ...NAMED, judge }

function judge(evidence: Evidence): Verdict {
  const { must, refused, refusedSet } = evidence.standings
  // What only a second offer brought in was refused.
  const accepted = must.count() - (refused.count - refusedSet.count()) - takenFreely(evidence)
  if (refused.count > 0) return failedBy(evidence, accepted)
  if (accepted === 0) {
    return unknown(
      NAMED,
      'no event was accepted, and none refused for good',
      'Check that the endpoint is up and answers.',
    )
  }
  return passed(NAMED, `0 of ${countText(accepted)} refused: ${boundText(accepted, 'refusals')}`, {
    accepted,
    refused: 0,
  })
}

function failedBy(evidence: Evidence, accepted: number): Verdict {
  const { count, examples } = evidence.standings.refused
  const statuses = [...new Set(examples.map(({ status }) => status))].sort((a, b) => a - b)
  return failed(
    NAMED,
    `${countText(count)} of ${counted(accepted + count, 'valid event')} ${count === 1 ? 'was' : 'were'} refused for good (status ${statuses.join(', ')})`,
    {
      refused: count,
      accepted,
      events: examples.map(({ index, ...answer }) => ({
        ...messageName(evidence, index),
        ...dated(evidence, index),
        ...answer,
      })),
    },
    'Keep 4xx for what can never be stored; accept old, large and unusual but valid events, and answer 429 or 5xx to trouble that passes.',
  )
}

/** How old it was may be why. */
function dated({ traffic }: Evidence, index: number): { readonly timestamp?: string } {
  return traffic === undefined ? {} : { timestamp: new Date(traffic.timestampMsAt(index)).toISOString() }
}
