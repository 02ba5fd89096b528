import { isSecretReference, readSecret } from '../adapters/secret.ts'
import type { Plan, Prepared, RunWorld } from '../index.ts'

/** The key with which a run introduces itself when none is given. */
const DEFAULT_KEY = 'squall'

/** Fetches the secrets that flags and scenario name. @throws SecretMissing */
export function credentialsOf(plan: Plan, access: Prepared['access']): RunWorld['credentials'] {
  const { apiKey, expiredKey, writeKey, sharedSecret } = access
  return {
    sharedSecret: sharedSecret === undefined ? undefined : readSecret('--shared-secret', sharedSecret),
    ...(plan.traffic.customers && { apiKeys: keysOf(plan.traffic.customers) }),
    apiKey: apiKey === undefined ? DEFAULT_KEY : readSecret('--api-key', apiKey),
    ...(writeKey !== undefined && { writeKey: readSecret('--write-key', writeKey) }),
    expiredKey: expiredKey === undefined ? undefined : readSecret('--expired-key', expiredKey),
    headers: plan.delivery.headers.map((text, i, all) =>
      i % 2 === 1 && isSecretReference(text) ? readSecret(`header ${all[i - 1]}`, text) : text,
    ),
  }
}

function keysOf({ names, keys }: NonNullable<Plan['traffic']['customers']>): string[] {
  return keys.map((key, i) => (isSecretReference(key) ? readSecret(`the key of ${names[i]}`, key) : key))
}
