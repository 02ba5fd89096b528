import type { Plan } from '../model/plan.ts'
import type { Digest, OutgoingRequest } from '../model/world.ts'
import { jsonArray } from './json-array.ts'
import { profileHeaders } from './profile-headers.ts'

/** What a customer has set up at the receiver. Secret: it goes into requests and nowhere else. */
export interface Credentials {
  /** The key that the partner gave this customer. Only a subscription has one. */
  readonly apiKey: string
  /** Extra headers, name and value in turn: the Plan's, with secrets in place of the names of their places. */
  readonly headers: readonly string[]
  /** What requests are signed with; undefined: they are not. A subscription never is. */
  readonly sharedSecret?: string | undefined
}

/**
 * How events, as UTF-8 JSON, become a request of the plan's profile: an array of them where the plan batches, else the one event to the byte.
 * A signature covers the first event's bytes: all of a bare event, and nothing else of an array. That is Segment's way.
 */
export function requestsOf(
  { profile, delivery }: Pick<Plan, 'profile' | 'delivery'>,
  credentials: Credentials,
  digest: Pick<Digest, 'hmacSha1Hex'>,
): (events: readonly Uint8Array[]) => OutgoingRequest {
  const { method, batchSize } = delivery
  const { sharedSecret } = credentials
  const headers = [...profileHeaders(profile, credentials.apiKey), ...credentials.headers]
  return (events) => {
    const [first] = events
    if (first === undefined) throw new RangeError('a request carries at least one event')
    return {
      method,
      headers:
        sharedSecret === undefined ? headers : headers.concat('X-Signature', digest.hmacSha1Hex(sharedSecret, first)),
      body: batchSize === 0 ? first : jsonArray(events),
    }
  }
}
