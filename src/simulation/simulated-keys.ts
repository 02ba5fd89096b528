import { keyExpiryMs } from '../model/key-expiry.ts'
import type { Plan } from '../model/plan.ts'
import { accountNames, accountOf } from '../partner/account.ts'
import { Keyring } from '../partner/keyring.ts'

/** The keys of the one customer that a simulated partner has, and of the one source that a simulated API has. */
export const SIMULATED_KEYS = {
  apiKey: 'rehearsal',
  expiredKey: 'rehearsal-expiring',
  writeKey: 'rehearsal-source',
} as const

/** Which keys the partner knows; undefined: it looks at none, as no phase shows another than the customer's own. */
export function simulatedKeyring(plan: Plan): Keyring | undefined {
  if (plan.phases.every(({ credentials }) => credentials === 'own')) return undefined
  const customer = shown(SIMULATED_KEYS.apiKey)
  const goodForMs = keyExpiryMs(plan) ?? 0
  const others = simulatedCustomerKeys(plan).map((key) => ({ account: shown(key) }))
  return new Keyring([
    ...others,
    { account: customer },
    { account: shown(SIMULATED_KEYS.expiredKey), customer, goodForMs },
  ])
}

/** Of a plan's customers, in its order. Empty: it is the one customer's. */
export function simulatedCustomerKeys({ traffic }: Plan): string[] {
  return (traffic.customers?.names ?? []).map((name) => `rehearsal-${name}`)
}

/** What a plan calls its customers, by the accounts that the partner knows them by. */
export function simulatedCustomers(plan: Plan): ReadonlyMap<string, string> {
  const names = plan.traffic.customers?.names ?? []
  return accountNames(names, simulatedCustomerKeys(plan).map(authorizationOf))
}

/** With what requests are signed where a phase has wrong signatures; undefined: none has. */
export function simulatedSecret({ phases }: Plan): string | undefined {
  return phases.every(({ signature }) => signature === 'right') ? undefined : 'rehearsal-secret'
}

function shown(key: string): string {
  return accountOf(authorizationOf(key))
}

function authorizationOf(key: string): string {
  return `Basic ${btoa(`${key}:`)}`
}
