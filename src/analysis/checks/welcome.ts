import type { Evidence } from '../../model/evidence.ts'
import { isRefusedPhase } from '../../model/plan.ts'
import type { Accounts } from '../../model/report.ts'

const ENDS = ['sent', 'notSent', 'acked', 'rejected', 'exhausted', 'ambiguous', 'abandoned'] as const

/** The run's accounts without the phases that a sound receiver refuses. */
export function welcomeAccounts({ plan, summary }: Pick<Evidence, 'plan' | 'summary'>): Accounts {
  const accounts = { ...summary.counts }
  summary.phases.forEach(({ counts }, phase) => {
    if (isRefusedPhase(plan, phase)) for (const end of ENDS) accounts[end] -= counts[end]
  })
  return accounts
}

/** Attempts of those phases alone that reached the receiver, and those of them that met a 5xx. */
export function welcomeAttempts({ plan, summary, phaseEnds }: Pick<Evidence, 'plan' | 'summary' | 'phaseEnds'>): {
  readonly attempts: number
  readonly serverErrors: number
} {
  let attempts = summary.counts.attempts - summary.classes.local
  let serverErrors = summary.classes['5xx']
  phaseEnds.forEach((ends, phase) => {
    if (!isRefusedPhase(plan, phase)) return
    attempts -= ends.attempts
    serverErrors -= ends.serverErrors
  })
  return { attempts, serverErrors }
}
