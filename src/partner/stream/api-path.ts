/** The calls that the HTTP Tracking API takes, alone or in a batch. */
export const STREAM_CALLS: readonly string[] = ['identify', 'track', 'page', 'screen', 'group', 'alias']

const BATCH = 'batch'
const BELOW_V1: ReadonlyMap<string, string> = new Map([
  ...[...STREAM_CALLS, BATCH].flatMap((call): [string, string][] => [
    [call, call],
    // The libraries for browsers and phones say /v1/t for /v1/track, and so on.
    [call.charAt(0), call],
  ]),
  // What /v1/batch was called first.
  ['import', BATCH],
])

/** The call that a path takes, or `batch`; undefined: the API has no such path. */
export function callOfPath(path: string): string | undefined {
  return path.startsWith('/v1/') ? BELOW_V1.get(path.slice('/v1/'.length).replace(/\/$/, '')) : undefined
}
