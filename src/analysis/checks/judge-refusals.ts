import type { AuditFindings } from '../../model/audit.ts'
import type { EndExample, Evidence } from '../../model/evidence.ts'
import { indexAt } from '../../model/ordinal.ts'
import type { PhasePlan } from '../../model/plan.ts'
import type { Verdict } from '../../model/verdict.ts'
import { EXAMPLES_MAX } from '../audit-examples.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'
import { type Refusals, refusalsIn, storedOf, welcomeEnds } from './refusals.ts'
import { stillChanging } from './still-changing.ts'
import { withReceipts } from './with-receipts.ts'

/** A question about what a sound receiver refuses. */
export interface RefusalQuestion extends Pick<Check, 'id' | 'title'> {
  /** Which of the refused phases it is about. */
  readonly pick: (phase: PhasePlan) => boolean
  /** Whether a status that ended a delivery is the right one. */
  readonly suits: (status: number) => boolean
  /** The right statuses, in words. */
  readonly statuses: string
  /** What the deliveries were, such as "with a wrong key". */
  readonly kinds: (phases: readonly PhasePlan[]) => string
  /** How such deliveries are sent. */
  readonly how: string
  readonly fix: string
  /** Whether a sound receiver may as well take them; then what was taken and stored is in order. Absent: it may not. */
  readonly mayTake?: true
}

/** Every delivery was refused by a status that suits, and nothing of it is in the store; what may be taken was taken or refused. */
export function judgeRefusals(question: RefusalQuestion, evidence: Evidence): Verdict {
  const refusals = refusalsIn(evidence, question.pick)
  return (
    answeredWrongly(question, evidence, refusals) ??
    undecided(question, evidence, refusals) ??
    (question.mayTake && allDecided(question, refusals)) ??
    withReceipts(question, evidence, (findings) => heldAgainst(question, evidence, refusals, findings))
  )
}

function answeredWrongly(question: RefusalQuestion, evidence: Evidence, refusals: Refusals): Verdict | undefined {
  const { fix, suits, statuses, kinds, mayTake } = question
  const { acceptedCount, rejectedBy, brokenCount, decided, phases } = refusals
  const share = (count: number): string => `${countText(count)} of ${countText(decided)} requests ${kinds(phases)}`
  const blame = (claim: string, examples: readonly EndExample[]): Verdict =>
    failed(question, claim, { ...factsOf(refusals), events: named(evidence, examples) }, fix)
  if (acceptedCount > 0 && !mayTake) return blame(`${share(acceptedCount)} were accepted`, refusals.accepted)
  if (brokenCount > 0) return blame(`${share(brokenCount)} met ${troubleOf(refusals)} at every try`, refusals.broken)
  const wrong = Object.keys(rejectedBy).filter((status) => !suits(Number(status)))
  if (wrong.length === 0) return undefined
  const count = wrong.reduce((sum, status) => sum + rejectedBy[status]!, 0)
  const claim = `${share(count)} were refused with ${wrong.join(', ')}, not with ${statuses}`
  return blame(
    claim,
    refusals.rejected.filter(({ status }) => !suits(status)),
  )
}

function troubleOf({ broken }: Refusals): string {
  const silent = broken.filter(({ status }) => status === 0).length
  if (silent === 0) return 'a server error'
  return silent === broken.length ? 'no answer' : 'a server error or no answer'
}

/** Taken or refused, as the receiver likes: what was taken is held against the store like all that was. */
function allDecided(question: RefusalQuestion, refusals: Refusals): Verdict {
  const { decided, acceptedCount, phases } = refusals
  const kinds = question.kinds(phases)
  const claim = `0 of ${countText(decided)} requests ${kinds} met a server error or no answer: ${boundText(decided, 'they')}`
  const refusedBy = statusesText(refusals)
  const ends = [
    acceptedCount > 0 ? `${countText(acceptedCount)} taken` : '',
    refusedBy === '' ? '' : `refused with ${refusedBy}`,
  ]
  return passed(question, `${claim}; ${ends.filter((end) => end !== '').join(', ')}`, factsOf(refusals))
}

/** Why the answers show nothing, if they do not. */
function undecided(question: RefusalQuestion, evidence: Evidence, refusals: Refusals): Verdict | undefined {
  const { phases, open, decided } = refusals
  const say = (claim: string, fix: string): Verdict => unknown(question, claim, fix, factsOf(refusals))
  if (phases.length === 0) return say('nothing of the kind was sent', question.how)
  if (open.length > 0) {
    const claim = `of ${open.join(', ')} no delivery came to an answer that decides (${countText(decided)} of all did)`
    return say(claim, 'Let the run come to its end, with the endpoint up.')
  }
  if (welcomeEnds(evidence).accepted + refusals.acceptedCount > 0) return undefined
  return say(
    'nothing at all was accepted, so that a refusal shows nothing',
    'Send valid traffic beside it, with the right key and signature.',
  )
}

function heldAgainst(
  question: RefusalQuestion,
  evidence: Evidence,
  refusals: Refusals,
  { settled, foundCount }: AuditFindings,
): Verdict {
  const stored = storedOf(evidence, refusals.phases)
  const kinds = question.kinds(refusals.phases)
  if (stored.length > 0) {
    const events = stored
      .slice(0, EXAMPLES_MAX)
      .map((ordinal) => messageName(evidence, indexAt(evidence.plan, ordinal)))
    const claim = `${counted(stored.length, 'event')} ${kinds} ${stored.length === 1 ? 'is' : 'are'} in the store, though refused`
    return failed(question, claim, { ...factsOf(refusals), stored: stored.length, events }, question.fix)
  }
  if (foundCount === 0) {
    return unknown(
      question,
      'no record of this run was found',
      'Check that the receipts read the store that this endpoint writes.',
    )
  }
  if (!settled) return stillChanging(question, evidence)
  const claim = `0 of ${countText(refusals.decided)} requests ${kinds} were accepted, or their events stored: ${boundText(refusals.decided, 'they')}`
  return passed(question, `${claim}; refused with ${statusesText(refusals)}`, factsOf(refusals))
}

function statusesText({ rejectedBy }: Refusals): string {
  return Object.keys(rejectedBy).join(', ')
}

function factsOf(refusals: Refusals): Verdict['evidence'] {
  const { phases, decided, undecided: open, acceptedCount, rejectedBy, brokenCount } = refusals
  return {
    phases: phases.map(({ name }) => name).join(', '),
    decided,
    undecided: open,
    accepted: acceptedCount,
    broken: brokenCount,
    refusedBy: Object.entries(rejectedBy)
      .map(([status, count]) => `${status} × ${count}`)
      .join(', '),
  }
}

function named(evidence: Evidence, examples: readonly EndExample[]): object[] {
  return examples.slice(0, EXAMPLES_MAX).map(({ index, status }) => ({ ...messageName(evidence, index), status }))
}
