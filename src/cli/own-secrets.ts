import process from 'node:process'
import type { Plan, Prepared } from '../index.ts'
import { keyExpiryMs } from '../model/key-expiry.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** What a run and the partner that comes along with it agree upon. It guards nothing: the partner is there for this run alone. */
const OWN = {
  apiKey: ['SQUALL_OWN_KEY', 'the-key-of-the-embedded-partner'],
  expiredKey: ['SQUALL_OWN_EXPIRING_KEY', 'the-expiring-key-of-the-embedded-partner'],
  writeKey: ['SQUALL_OWN_WRITE_KEY', 'the-write-key-of-the-embedded-api'],
  sharedSecret: ['SQUALL_OWN_SECRET', 'the-secret-of-the-embedded-partner'],
} as const

type Secret = keyof typeof OWN

/**
 * The run with all keys and secrets that its phases show. With the embedded partner what is missing is made up; of a target of its own it must be
 * given.
 * @throws CliError
 */
export function withOwnSecrets<Run extends Prepared>(prepared: Run): Run {
  const missing = neededBy(prepared.plan).filter((secret) => prepared.access[secret] === undefined)
  if (missing.length === 0) return prepared
  if (prepared.target !== undefined) throw new CliError(complaintOf(missing[0]!), EXIT.usage)
  const places = Object.fromEntries(missing.map((secret) => [secret, madeUp(secret)]))
  const { partner } = prepared
  const apiKeys = places.apiKey === undefined ? partner.apiKeys : [...partner.apiKeys, places.apiKey]
  return { ...prepared, access: { ...prepared.access, ...places }, partner: { ...partner, apiKeys } }
}

/** The key of the embedded partner that expires in the run; undefined: none does. */
export function expiringKeyOf({
  plan,
  access: { expiredKey },
}: Pick<Prepared, 'plan' | 'access'>): { readonly place: string; readonly goodForMs: number } | undefined {
  const goodForMs = keyExpiryMs(plan)
  return goodForMs === undefined || expiredKey === undefined ? undefined : { place: expiredKey, goodForMs }
}

function neededBy({ phases, stream }: Plan): Secret[] {
  if (stream !== undefined) return ['writeKey']
  const needed: Secret[] = []
  if (phases.some(({ credentials }) => credentials !== 'own')) needed.push('apiKey')
  if (phases.some(({ credentials }) => credentials === 'expired')) needed.push('expiredKey')
  if (phases.some(({ signature }) => signature !== 'right')) needed.push('sharedSecret')
  return needed
}

/** Handed on as every secret is: in the environment. */
function madeUp(secret: Secret): string {
  const [name, value] = OWN[secret]
  process.env[name] ??= value
  return `env:${name}`
}

function complaintOf(secret: Secret): string {
  return {
    apiKey: '--api-key: phases with wrong keys show something only beside the right one; give --api-key env:NAME',
    expiredKey: '--expired-key: a phase shows a key that expires; give --expired-key env:NAME, or leave that phase out',
    writeKey: '--write-key: the stream profile shows one in each request; give --write-key env:NAME',
    sharedSecret:
      '--shared-secret: phases with wrong signatures show something only beside right ones; give --shared-secret env:NAME',
  }[secret]
}
