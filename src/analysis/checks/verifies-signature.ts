import type { Evidence } from '../../model/evidence.ts'
import type { PhasePlan } from '../../model/plan.ts'
import type { Verdict } from '../../model/verdict.ts'
import { EXAMPLES_MAX } from '../audit-examples.ts'
import { type Check, failed, unknown } from './check.ts'
import { countText } from './count-text.ts'
import { judgeRefusals, type RefusalQuestion } from './judge-refusals.ts'
import { messageName } from './message-name.ts'
import { refusalsIn, welcomeEnds } from './refusals.ts'

const QUESTION: RefusalQuestion = {
  id: 'verifies-signature',
  title: 'Only right signatures let events in',
  pick: ({ signature }) => signature !== 'right',
  suits: (status) => status >= 400 && status < 500,
  statuses: 'a 4xx',
  kinds: (phases) => `with a ${signaturesOf(phases)} signature`,
  how: 'Send some: squall run signatures.',
  fix: 'Hold X-Signature against the HMAC-SHA1 of the bytes as they came, of an array’s first element alone, before anything else; answer 401 where it differs or is missing.',
}

/** A wrong or missing signature is refused, a right one over the exact bytes accepted; of a batch the first element is signed. */
export const verifiesSignature: Check = {
  id: QUESTION.id,
  title: QUESTION.title,
  judge: (evidence) => rightOnesRefused(evidence) ?? judgeRefusals(QUESTION, evidence),
}

/** Signed as they should be, and refused as if they were not. */
function rightOnesRefused(evidence: Evidence): Verdict | undefined {
  const wrong = refusalsIn(evidence, QUESTION.pick)
  if (wrong.phases.length === 0) return undefined
  const { accepted, rejected, rejectedBy } = welcomeEnds(evidence)
  const unauthorized = (rejectedBy['401'] ?? 0) + (rejectedBy['403'] ?? 0)
  const events = rejected
    .filter(({ status }) => status === 401 || status === 403)
    .slice(0, EXAMPLES_MAX)
    .map(({ index, status }) => ({ ...messageName(evidence, index), status }))
  const facts = { accepted, refused: unauthorized, events }
  if (unauthorized > 0) {
    const of = countText(accepted + unauthorized)
    const claim = `${countText(unauthorized)} of ${of} with the right signature were refused${inArrays(evidence)}`
    return failed(QUESTION, claim, facts, QUESTION.fix)
  }
  const same = Object.keys(rejectedBy).find((status) => wrong.rejectedBy[status] !== undefined)
  if (same === undefined) return undefined
  return unknown(
    QUESTION,
    `some with the right signature were refused with ${same}, as those with a wrong one are`,
    'Answer 401 to wrong signatures, so that they can be told from other refusals.',
    facts,
  )
}

function inArrays({ plan }: Evidence): string {
  const { batchSize } = plan.delivery
  return batchSize === 0 ? '' : `, in arrays of up to ${batchSize}`
}

function signaturesOf(phases: readonly PhasePlan[]): string {
  return [...new Set(phases.map(({ signature }) => signature))].join(' or ')
}
