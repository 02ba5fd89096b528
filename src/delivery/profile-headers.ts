import type { ProfileName } from '../model/plan.ts'
import { base64 } from './base64.ts'

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
