import type { Assignment } from '../../src/model/assignment.ts'
import type { Plan } from '../../src/model/plan.ts'

/** A runner that comes so much later than the run began has missed it. */
const MISSED_MS = 5000

/** The plan with this runner's share of what bounds the whole run. */
export function planOfRunner({ plan, runners }: Pick<Assignment, 'plan' | 'runners'>): Plan {
  const { inFlightMax, catchUpPerSecond, attemptsPerSecondMax } = plan.delivery
  const share = (whole: number): number => Math.ceil(whole / runners)
  return {
    ...plan,
    delivery: {
      ...plan.delivery,
      inFlightMax: share(inFlightMax),
      catchUpPerSecond: share(catchUpPerSecond),
      attemptsPerSecondMax: Math.floor(attemptsPerSecondMax / runners),
    },
  }
}

/** The credentials, with what stands in the environment in place of `env:NAME`. @throws Error that names what is missing */
export function credentialsOf(
  { credentials, secretsIn }: Pick<Assignment, 'credentials' | 'secretsIn'>,
  environment: Readonly<Record<string, string | undefined>>,
): Assignment['credentials'] {
  if (secretsIn === undefined) return credentials
  const secret = (text: string): string => {
    const name = /^env:(.+)$/.exec(text)?.[1]
    if (name === undefined) return text
    const value = environment[name]
    if (value === undefined || value === '') throw new Error(`${name} is not set in the environment of this runner`)
    return value
  }
  const { apiKey, apiKeys, writeKey, expiredKey, headers, sharedSecret } = credentials
  return {
    apiKey: secret(apiKey),
    ...(apiKeys !== undefined && { apiKeys: apiKeys.map(secret) }),
    ...(writeKey !== undefined && { writeKey: secret(writeKey) }),
    ...(expiredKey !== undefined && { expiredKey: secret(expiredKey) }),
    headers: headers.map((text, i) => (i % 2 === 1 ? secret(text) : text)),
    ...(sharedSecret !== undefined && { sharedSecret: secret(sharedSecret) }),
  }
}

/** Whether the run's start has passed, so that nobody waits for this runner. @throws Error */
export function assertInTime({ header, control }: Pick<Assignment, 'header' | 'control'>, nowMs: number): void {
  const lateMs = nowMs - header.startedAtMs
  if (control !== undefined || lateMs < MISSED_MS) return
  const late = `${Math.round(lateMs / 1000)} s ago, at ${new Date(header.startedAtMs).toISOString()}`
  throw new Error(`the run began ${late}: export it again for a later start`)
}
