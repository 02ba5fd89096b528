import type { PhasePlan, ProfileName } from '../model/plan.ts'
import { ScenarioError } from '../model/scenario-error.ts'
import type { Phase } from './phase.ts'
import type { Scenario } from './schema.ts'

type Complain = (field: string, complaint: string) => never

/** Whether keys, signatures and what is expected fit together, phase by phase. @throws ScenarioError */
export function checkShown(scenario: Scenario, phases: readonly PhasePlan[]): void {
  const { profile = 'subscription' } = scenario
  phases.forEach((phase, i) => {
    const complain: Complain = (field, complaint) => {
      throw new ScenarioError(['phases', i, field], complaint)
    }
    checkProfile(profile, phase, complain)
    checkAgain(scenario, i, complain)
    checkExpiry(phase, phases, complain)
  })
}

/** A webhook shows no key; what a subscription and a Stream partner send is not signed. */
function checkProfile(profile: ProfileName, { credentials, signature }: PhasePlan, complain: Complain): void {
  const signs = profile === 'webhook' || profile === 'actions'
  if (signs && credentials !== 'own')
    complain('credentials', `the ${profile} profile shows no API key; set profile: subscription`)
  if (profile === 'stream' && credentials === 'expired')
    complain('credentials', 'a write key does not expire, it is regenerated: squall receive stream --regenerate-key')
  if (!signs && signature !== 'right')
    complain('signature', `a ${profile} signs nothing; set profile: webhook or actions`)
}

/** What is to be refused comes once, and in one phase alone. */
function checkAgain({ phases }: Scenario, i: number, complain: Complain): void {
  const source = phases[i]?.replay?.again?.phase
  if (source === undefined) return
  if (mayBeRefused(phases[i]))
    complain('replay', 'what other phases send cannot be expected to be refused; leave again out')
  if (mayBeRefused(phases.find(({ name }) => name === source)))
    complain('replay', `${source} sends what is to be refused, and that does not come again; name another phase`)
}

function mayBeRefused(phase: Phase | undefined): boolean {
  return (phase?.expects ?? 'accepted') !== 'accepted'
}

/** A key is good, and then it is not. */
function checkExpiry(
  { credentials, expects, startMs }: PhasePlan,
  phases: readonly PhasePlan[],
  complain: Complain,
): void {
  if (credentials !== 'expired' || expects !== 'refused') return
  const good = phases.find(
    (one) => one.credentials === 'expired' && one.expects === 'accepted' && one.startMs + one.durationMs > startMs,
  )
  if (good) complain('at', `${good.name} still shows the key that expires as a good one by then; begin later`)
}
