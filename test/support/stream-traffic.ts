import { MemoryStreamStore } from '../../src/partner/stream/memory-stream-store.ts'
import { Sources, type WriteKey } from '../../src/partner/stream/sources.ts'
import { StreamApi, type StreamApiOptions } from '../../src/partner/stream/stream-api.ts'
import { parseStreamFault } from '../../src/partner/stream/stream-faults.ts'
import type { StreamRequest } from '../../src/partner/stream/stream-request.ts'

export const DAY_MS = 86_400_000
export const START_MS: number = Date.UTC(2026, 0, 1)

/** An event as a Stream partner sends it: whatever is not given is that of a small track call. */
export function streamEvent(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    context: { integration: { name: 'acme', version: '1.0.0' } },
    event: 'Email Opened',
    messageId: '11111111-2222-4333-8444-555555555555',
    properties: { email_id: 'e1' },
    timestamp: '2025-12-31T23:59:50.000Z',
    type: 'track',
    userId: 'sq_test_Ada',
    ...changes,
  }
}

/** A request that posts `body` to /v1/batch with the write key `KEY`: text as it stands, anything else as JSON. */
export function streamRequest(body: unknown, changes: Partial<StreamRequest> = {}): StreamRequest {
  return {
    method: 'POST',
    path: '/v1/batch',
    writeKey: 'KEY',
    body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
    receivedAtMs: START_MS,
    ...changes,
  }
}

export interface TriedApi {
  readonly api: StreamApi
  readonly post: (body: unknown, changes?: Partial<StreamRequest>) => ReturnType<StreamApi['receive']>
  /** The bodies that are stored. */
  readonly stored: (source?: string) => Record<string, unknown>[]
  readonly discarded: (source?: string) => Record<string, unknown>[]
  readonly codes: () => unknown[]
}

/** An API whose one source has the write key `KEY`, unless told otherwise. */
export function triedApi({
  keys = [{ key: 'KEY', source: 'one', region: 'us' }],
  faults = [],
  ...options
}: Partial<Omit<StreamApiOptions, 'faults'>> & {
  readonly keys?: readonly WriteKey[]
  readonly faults?: readonly string[]
} = {}): TriedApi {
  const api = new StreamApi({
    store: new MemoryStreamStore(DAY_MS),
    sources: new Sources('us', keys, (key) => `source of ${key}`),
    faults: faults.map(parseStreamFault),
    seed: 1,
    later: () => {},
    ...options,
  })
  const discarded = (source?: string): Record<string, unknown>[] =>
    [...api.discards(source)].flat() as Record<string, unknown>[]
  return {
    api,
    post: (body, changes) => api.receive(streamRequest(body, changes)),
    stored: (source) => [...api.receipts(START_MS + DAY_MS, source)].flat().map(({ body }) => JSON.parse(String(body))),
    discarded,
    codes: () => discarded().map(({ code }) => code),
  }
}
