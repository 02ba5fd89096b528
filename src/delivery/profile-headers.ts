import type { ProfileName } from '../model/plan.ts'
import { base64 } from './base64.ts'

/**
 * The headers that a profile's sender gives each request, name and value in turn; Content-Length and Host are the transport's.
 * @param apiKey undefined: none is shown
 * @param settings what the customer has set up beside the key, as JSON text
 */
export function profileHeaders(profile: ProfileName, apiKey: string | undefined, settings = '{}'): string[] {
  return HEADERS[profile](apiKey, settings)
}

const HEADERS: Readonly<Record<ProfileName, (apiKey: string | undefined, settings: string) => string[]>> = {
  subscription: (apiKey, settings) => [
    'Accept',
    '*/*',
    ...(apiKey === undefined ? [] : ['Authorization', `Basic ${base64(`${apiKey}:`)}`]),
    'Cache-Control',
    'no-cache',
    'Connection',
    'Keep-Alive',
    'Content-Type',
    'application/json',
    'User-Agent',
    'Segment.io/1.0',
    'X-Segment-Settings',
    base64(settings),
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
  stream: () => ['Content-Type', 'application/json'],
}
