import type { OutgoingRequest } from '../model/world.ts'

/** What a customer has set up at the receiver. Secret: it goes into requests and nowhere else. */
export interface Credentials {
  /** The key that the partner gave this customer. */
  readonly apiKey: string
  /** Extra headers, name and value in turn: the Plan's, with secrets in place of the names of their places. */
  readonly headers: readonly string[]
}

/** How a body becomes a request of a subscription. */
export function requestsOf(credentials: Credentials): (body: Uint8Array) => OutgoingRequest {
  const headers = [...subscriptionHeaders(credentials), ...credentials.headers]
  return (body) => ({ method: 'POST', headers, body })
}

/** The headers of a Segment subscription; Content-Length and Host are the transport's. */
function subscriptionHeaders(credentials: Credentials): string[] {
  return [
    'Accept',
    '*/*',
    'Authorization',
    `Basic ${base64(`${credentials.apiKey}:`)}`,
    'Cache-Control',
    'no-cache',
    'Connection',
    'Keep-Alive',
    'Content-Type',
    'application/json',
    'User-Agent',
    'Segment.io/1.0',
    'X-Segment-Settings',
    base64('{}'),
  ]
}

/** Of the text's UTF-8 bytes. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
