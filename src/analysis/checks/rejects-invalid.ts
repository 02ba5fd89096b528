import type { Evidence } from '../../model/evidence.ts'
import type { Expectation, PhasePlan } from '../../model/plan.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, passed } from './check.ts'
import { judgeRefusals, type RefusalQuestion } from './judge-refusals.ts'

/** What the sender's own list has for calls that a receiver does not know. */
const NOT_SUPPORTED = 501

const NAMED = { id: 'rejects-invalid', title: 'Invalid input gets a 4xx' }

const MALFORMED: RefusalQuestion = {
  ...NAMED,
  pick: sentByRight('refused'),
  suits,
  statuses: 'a 4xx',
  kinds: () => 'with invalid events',
  how: 'Send some: squall run invalid.',
  fix: 'Check what comes before it is used: answer 400 to what can never be stored. After a 5xx it comes again for hours, and after a 2xx nobody learns of it.',
}

/** Segment lets none of them through, so nobody is wrong who takes them; but what breaks by them breaks by anybody's. */
const OVERSIZED: RefusalQuestion = {
  ...NAMED,
  pick: sentByRight('either'),
  suits,
  statuses: 'a 4xx',
  kinds: () => 'with oversized events',
  how: 'Send some: squall run invalid.',
  fix: 'Bound what is read of a request, answer 413 or 400 beyond it (or store it whole), and go on serving others.',
  mayTake: true,
}

/** Invalid input gets a 4xx, and only that: it is not stored, and breaks nothing. What is merely too large may be stored, but breaks nothing either. */
export const rejectsInvalid: Check = { ...NAMED, judge }

function judge(evidence: Evidence): Verdict {
  const sent = [MALFORMED, OVERSIZED].filter(({ pick }) => evidence.plan.phases.some(pick))
  const verdicts = (sent.length === 0 ? [MALFORMED] : sent).map((question) => judgeRefusals(question, evidence))
  const open = ['fail', 'unknown'].flatMap((status) => verdicts.filter((one) => one.status === status))
  const [first] = open.length > 0 ? open : verdicts
  if (verdicts.length === 1 || open.length > 0) return first!
  return passed(NAMED, verdicts.map(({ claim }) => claim).join('; '), {
    ...first!.evidence,
    oversized: verdicts[1]!.evidence,
  })
}

function sentByRight(expected: Expectation): (phase: PhasePlan) => boolean {
  return ({ credentials, signature, expects }) => credentials === 'own' && signature === 'right' && expects === expected
}

function suits(status: number): boolean {
  return (status >= 400 && status < 500) || status === NOT_SUPPORTED
}
