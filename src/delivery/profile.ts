import type { PhasePlan, Plan, ShownCredentials } from '../model/plan.ts'
import { ORDINARY } from '../model/plan.ts'
import type { Digest, OutgoingRequest } from '../model/world.ts'
import { jsonArray } from './json-array.ts'
import { profileHeaders } from './profile-headers.ts'

/** What a customer has set up at the receiver. Secret: it goes into requests and nowhere else. */
export interface Credentials {
  /** The key that the partner gave this customer. Only a subscription has one. */
  readonly apiKey: string
  /** Where the run is several customers': the key of each, in the Plan's order. */
  readonly apiKeys?: readonly string[]
  /** The key of the customer's source at Segment. Only a Stream partner has one. */
  readonly writeKey?: string | undefined
  /** Shown beside the write key where the plan wants that. */
  readonly tokens?: Tokens | undefined
  /** One that expires; undefined: no phase shows it. */
  readonly expiredKey?: string | undefined
  /** Extra headers, name and value in turn: the Plan's, with secrets in place of the names of their places. */
  readonly headers: readonly string[]
  /** What requests are signed with; undefined: they are not. A subscription never is. */
  readonly sharedSecret?: string | undefined
}

/** Tokens that expire and are renewed while a run goes on. */
export interface Tokens {
  now(): string
  /** All so far: each is a secret. */
  issued(): readonly string[]
}

/** How a request shows whose it is. */
export type Shown = Pick<PhasePlan, 'credentials' | 'signature'>

/** Nobody was ever given these. */
export const WRONG_KEY = 'a-key-that-nobody-was-given'
const WRONG_SECRET = 'a-secret-that-nobody-shares'

/**
 * How events, as UTF-8 JSON, become a request of the plan's profile: an array of them where the plan batches, else the one event to the byte.
 * A signature covers the first event's bytes: all of a bare event, and nothing else of an array. That is Segment's way.
 */
export function requestsOf(
  { profile, delivery, traffic }: Pick<Plan, 'profile' | 'delivery' | 'traffic'>,
  credentials: Credentials,
  digest: Pick<Digest, 'hmacSha1Hex'>,
): (events: readonly Uint8Array[], shown?: Shown, customer?: number) => OutgoingRequest {
  const { method, batchSize } = delivery
  const { sharedSecret } = credentials
  const { apiKeys = [credentials.apiKey] } = credentials
  const headersOfEach = apiKeys.map((apiKey, i) =>
    headersOf(profile, { ...credentials, apiKey }, traffic.customers?.settings[i]),
  )
  return (events, shown = ORDINARY, customer = 0) => {
    const first = events[0]
    if (first === undefined) throw new RangeError('a request carries at least one event')
    const headers = headersOfEach[customer]![shown.credentials]
    const secret = sharedSecret === undefined || shown.signature === 'right' ? sharedSecret : WRONG_SECRET
    const isBare = secret === undefined || shown.signature === 'missing'
    return {
      method,
      headers: isBare ? headers : headers.concat('X-Signature', digest.hmacSha1Hex(secret, first)),
      body: batchSize === 0 ? first : jsonArray(events),
    }
  }
}

/** By what they show: made once, as they are the same for each request. */
function headersOf(
  profile: Plan['profile'],
  { apiKey, expiredKey = WRONG_KEY, headers }: Credentials,
  settings?: string,
): Readonly<Record<ShownCredentials, readonly string[]>> {
  return {
    own: [...profileHeaders(profile, apiKey, settings), ...headers],
    wrong: [...profileHeaders(profile, WRONG_KEY, settings), ...headers],
    expired: [...profileHeaders(profile, expiredKey, settings), ...headers],
    missing: [...profileHeaders(profile, undefined, settings), ...headers],
  }
}
