import type { DeliveryPlan, ProfileName } from '../model/plan.ts'
import { ScenarioError } from '../model/scenario-error.ts'
import type { Scenario } from './schema.ts'
import { checkStream } from './stream.ts'
import { parseDurationMs } from './units.ts'

/** How long each profile's sender waits for an answer; of a subscription it is not published. */
const TIMEOUTS: Readonly<Record<ProfileName, string>> = {
  subscription: '5s',
  webhook: '5s',
  actions: '10s',
  stream: '10s',
}

export type WirePlan = Pick<DeliveryPlan, 'timeoutMs' | 'method' | 'batchSize'>

/** What a scenario's profile decides of its requests. @throws ScenarioError for what the profile cannot do */
export function wirePlanOf(scenario: Scenario): WirePlan {
  const { profile = 'subscription', method = 'POST', batch = 0 } = scenario
  checkStream(scenario)
  if (profile !== 'stream') checkProfile(scenario, profile)
  return { timeoutMs: parseDurationMs(scenario.timeout ?? TIMEOUTS[profile]), method, batchSize: batch }
}

function checkProfile({ method, batch, sharedSecret, apiKey }: Scenario, profile: ProfileName): void {
  const refuse = (field: string, complaint: string): never => {
    throw new ScenarioError([field], complaint)
  }
  if (profile !== 'actions' && method !== undefined && method !== 'POST')
    refuse('method', `the ${profile} profile sends by POST alone; set profile: actions`)
  if (profile !== 'actions' && batch !== undefined)
    refuse('batch', `the ${profile} profile sends one event a request; set profile: actions`)
  if (profile === 'subscription' && sharedSecret !== undefined)
    refuse('sharedSecret', 'a subscription signs nothing; set profile: webhook or actions')
  if (profile !== 'subscription' && apiKey !== undefined)
    refuse('apiKey', `the ${profile} profile has no API key; give what the endpoint wants under headers`)
}
