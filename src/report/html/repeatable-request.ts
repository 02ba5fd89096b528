import type { PhasePlan, Plan, ShownCredentials } from '../../model/plan.ts'
import { ORDINARY } from '../../model/plan.ts'
import type { RepeatableRequest } from './curl.ts'

/** What may well be a secret, by the name of its header. */
const SECRET = /auth|cookie|key|token|secret|signature|password/i

const USERS: Readonly<Record<ShownCredentials, string>> = {
  own: '$API_KEY:',
  wrong: 'a-wrong-key:',
  missing: '',
  expired: '$EXPIRED_KEY:',
}

const SIGNATURES: Readonly<Record<PhasePlan['signature'], readonly string[]>> = {
  right: ['X-Signature', '$X_SIGNATURE'],
  wrong: ['X-Signature', '0'.repeat(40)],
  missing: [],
}

/**
 * The request that carries one event alone, as the plan's profile would send it; secrets are named and not shown.
 * @param shown what the phase that sends it shows for a key and for a signature
 */
export function repeatableRequest(
  { profile, delivery }: Pick<Plan, 'profile' | 'delivery'>,
  url: string,
  event: string,
  shown: Pick<PhasePlan, 'credentials' | 'signature'> = ORDINARY,
): RepeatableRequest {
  const headers = ['Content-Type', 'application/json']
  for (let i = 0; i + 1 < delivery.headers.length; i += 2) {
    const [name, value] = [delivery.headers[i]!, delivery.headers[i + 1]!]
    headers.push(name, shownValue(name, value))
  }
  if (profile !== 'subscription') headers.push(...SIGNATURES[shown.signature])
  return {
    method: delivery.method,
    url,
    headers,
    user: profile === 'subscription' ? USERS[shown.credentials] : '',
    body: spelledOut(delivery.batchSize === 0 ? event : `[${event}]`),
  }
}

/** The same JSON with characters that do not show written as what they are: one can copy it. */
function spelledOut(json: string): string {
  return json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

function shownValue(name: string, value: string): string {
  const [place, where] = value.split(':', 2)
  if (place === 'env' && /^\w+$/.test(where ?? '')) return `$${where}`
  return place === 'file' || SECRET.test(name) ? `$${name.toUpperCase().replace(/\W/g, '_')}` : value
}
