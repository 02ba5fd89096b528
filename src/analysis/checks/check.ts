import type { Evidence } from '../../model/evidence.ts'
import type { ProfileName } from '../../model/plan.ts'
import type { Verdict } from '../../model/verdict.ts'

/** One question about a run, and how its answer follows from the evidence. Pure: the same evidence gives the same verdict. */
export interface Check {
  readonly id: string
  readonly title: string
  /** Asked of runs of this profile alone; of any unless given. */
  readonly profile?: ProfileName
  judge(evidence: Evidence): Verdict
}

type Named = Pick<Check, 'id' | 'title'>
type Facts = Verdict['evidence']

export function passed(check: Named, claim: string, evidence: Facts): Verdict {
  return verdict(check, 'pass', claim, evidence, '')
}

export function failed(check: Named, claim: string, evidence: Facts, fix: string): Verdict {
  return verdict(check, 'fail', claim, evidence, fix)
}

/** @param fix how the question can be decided next time */
export function unknown(check: Named, claim: string, fix: string, evidence: Facts = {}): Verdict {
  return verdict(check, 'unknown', claim, evidence, fix)
}

function verdict(
  { id, title }: Named,
  status: Verdict['status'],
  claim: string,
  evidence: Facts,
  fix: string,
): Verdict {
  return { id, title, status, claim, evidence, fix }
}
