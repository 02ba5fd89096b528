import type { Evidence } from '../../model/evidence.ts'
import type { Report } from '../../model/report.ts'
import type { Verdict } from '../../model/verdict.ts'
import { ALL_CHECKS } from './all-checks.ts'
import { type Check, unknown } from './check.ts'

/**
 * The verdicts that the run asks for, in its order, and what was not tested, with the reason.
 * @throws Error when a verdict is asked for that no check answers: whoever made the header should have refused it
 */
export function judgeAll(
  evidence: Evidence,
  checks: readonly Check[] = ALL_CHECKS,
): Pick<Report, 'verdicts' | 'notTested'> {
  const { verdicts, skipped } = evidence.header.asks
  const asked = verdicts.filter((id) => !Object.hasOwn(skipped, id))
  const fitting = checks.filter(({ profile = evidence.plan.profile }) => profile === evidence.plan.profile)
  const unasked = fitting.filter(({ id }) => !verdicts.includes(id) && !Object.hasOwn(skipped, id))
  return {
    verdicts: asked.map((id) => judgeSafely(checkOf(checks, id), evidence)),
    notTested: [
      ...Object.entries(skipped).map(([id, reason]) => ({ id, reason })),
      ...unasked.map(({ id }) => ({ id, reason: 'not asked for' })),
    ],
  }
}

function checkOf(checks: readonly Check[], id: string): Check {
  const check = checks.find((candidate) => candidate.id === id)
  if (check === undefined) throw new Error(`no check answers "${id}"`)
  return check
}

/** A check that crashes has shown nothing. */
function judgeSafely(check: Check, evidence: Evidence): Verdict {
  try {
    return check.judge(evidence)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return unknown(
      check,
      `the check itself failed: ${why}`,
      "This is a fault of squall: please report it with the run's folder.",
    )
  }
}
