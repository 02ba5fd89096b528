import type { ProfileName } from '../model/plan.ts'

/** The headers that a profile's sender gives each request, name and value in turn; Content-Length and Host are the transport's. */
export function profileHeaders(profile: ProfileName, apiKey: string): string[] {
  return HEADERS[profile](apiKey)
}

const HEADERS: Readonly<Record<ProfileName, (apiKey: string) => string[]>> = {
  subscription: (apiKey) => [
    'Accept',
    '*/*',
    'Authorization',
    `Basic ${base64(`${apiKey}:`)}`,
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
  ],
  webhook: () => [
    'Accept',
    '*/*',
    'Connection',
    'Keep-Alive',
    'Content-Type',
    'application/json',
    'User-Agent',
    'Segment.io/1.0',
  ],
  actions: () => [
    'Accept',
    '*/*',
    'Connection',
    'Keep-Alive',
    'Content-Type',
    'application/json',
    'User-Agent',
    'Segment (Actions)',
  ],
}

/** Of the text's UTF-8 bytes. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
