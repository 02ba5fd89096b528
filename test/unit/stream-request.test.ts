import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Credentials } from '../../src/delivery/profile.ts'
import { type Dispatch, type Gzip, streamRequestsOf } from '../../src/delivery/stream-request.ts'
import type { CallType } from '../../src/model/message.ts'
import { STREAM_LIMITS, type StreamPlan } from '../../src/model/stream.ts'
import { testPlan } from '../support/plans.ts'

const KEY = 'k"é1'
const SENT_AT_MS = Date.UTC(2026, 2, 4, 5, 6, 7, 89)
const EVENT = '{"type":"track","userId":"ü"}'

const STREAM: StreamPlan = {
  endpoint: 'single',
  paths: 'long',
  auth: 'header',
  integration: { name: 'a-tool', version: '1.0.0' },
  ownIdName: 'toolId',
  gzip: false,
  batchBytesMax: STREAM_LIMITS.batchBytes,
  eventBytesMax: STREAM_LIMITS.eventBytes,
}

interface Asked extends Partial<Dispatch> {
  readonly stream?: Partial<StreamPlan>
  readonly credentials?: Partial<Credentials>
  readonly countHeader?: string
  readonly gzip?: Gzip
  readonly events?: readonly string[]
}

function asked({ stream, credentials, countHeader, gzip, events = [EVENT], ...dispatch }: Asked = {}) {
  const retry = { ...testPlan().retry, ...(countHeader && { countHeader }) }
  const shown: Credentials = { apiKey: '', headers: [], writeKey: KEY, ...credentials }
  const requestOf = streamRequestsOf({ stream: { ...STREAM, ...stream }, retry }, shown, gzip)
  const { headers, body, ...rest } = requestOf(
    events.map((text) => Buffer.from(text)),
    { call: 'track', attempt: 1, sentAtMs: SENT_AT_MS, shown: 'own', ...dispatch },
  )
  const named = Object.fromEntries(headers.flatMap((name, i) => (i % 2 === 0 ? [[name, headers[i + 1]]] : [])))
  return { ...rest, body, text: Buffer.from(body).toString(), headers: named as Record<string, string | undefined> }
}

const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`

describe('a single call to Segment’s API', () => {
  it('is a POST of the event’s own bytes that says who sends', () => {
    const { method, text, headers } = asked()
    expect([method, text]).toEqual(['POST', EVENT])
    expect(headers).toEqual({
      Authorization: basic(KEY),
      'Content-Type': 'application/json',
      'User-Agent': 'a-tool/1.0.0',
    })
  })

  it.each<[CallType, string, string]>([
    ['track', '/v1/track', '/v1/t'],
    ['identify', '/v1/identify', '/v1/i'],
    ['page', '/v1/page', '/v1/p'],
    ['screen', '/v1/screen', '/v1/s'],
    ['group', '/v1/group', '/v1/g'],
    ['alias', '/v1/alias', '/v1/a'],
  ])('of type %s goes to %s, or to %s', (call, long, short) => {
    expect(asked({ call }).path).toBe(long)
    expect(asked({ call, stream: { paths: 'short' } }).path).toBe(short)
  })

  it('with the key in its body has it last, and none in its head', () => {
    const { text, headers } = asked({ stream: { auth: 'body' } })
    expect(text).toBe(`${EVENT.slice(0, -1)},"writeKey":${JSON.stringify(KEY)}}`)
    expect(headers.Authorization).toBeUndefined()
  })

  it('that is broken on purpose stays as it is', () => {
    expect(asked({ stream: { auth: 'body' }, events: ['{"type":'] }).text).toBe('{"type":')
  })
})

describe('a batch to Segment’s API', () => {
  const batch = { endpoint: 'batch' } as const

  it('says beside its events when it left', () => {
    const { path, text } = asked({ stream: batch, events: [EVENT, '{"b":1}'] })
    expect(path).toBe('/v1/batch')
    expect(text).toBe(`{"batch":[${EVENT},{"b":1}],"sentAt":"2026-03-04T05:06:07.089Z"}`)
  })

  it('says so anew on each attempt, and which retry it is', () => {
    const again = asked({ stream: { ...batch, paths: 'short' }, attempt: 3, sentAtMs: 0, countHeader: 'X-Retry-Count' })
    expect(again.path).toBe('/v1/b')
    expect(again.text).toMatch(/"sentAt":"1970-01-01T00:00:00\.000Z"}$/)
    expect(again.headers['X-Retry-Count']).toBe('2')
    expect(asked({ stream: batch, countHeader: 'X-Retry-Count' }).headers).not.toHaveProperty('X-Retry-Count')
    expect(asked({ stream: batch, attempt: 3 }).headers).not.toHaveProperty('X-Retry-Count')
  })

  it('with a token shows the one of the moment, and the key in the body', () => {
    let token = 'first'
    const credentials = { tokens: { now: () => token, issued: () => [token] } }
    const stream = { ...batch, auth: 'oauth' } as const
    const { headers, text } = asked({ stream, credentials })
    expect(headers.Authorization).toBe('Bearer first')
    expect(JSON.parse(text)).toMatchObject({ writeKey: KEY })
    token = 'second'
    expect(asked({ stream, credentials }).headers.Authorization).toBe('Bearer second')
  })
})

describe('a compressed body', () => {
  it('is gzip of what it would be, and says so', () => {
    const { body, headers } = asked({ stream: { gzip: true }, gzip: (bytes) => gzipSync(bytes) })
    expect(gunzipSync(body).toString()).toBe(EVENT)
    expect(headers['Content-Encoding']).toBe('gzip')
  })

  it('is the engine’s to make where nobody else can', () => {
    const { compress, text, headers } = asked({ stream: { gzip: true } })
    expect([compress, text, headers['Content-Encoding']]).toEqual(['gzip', EVENT, undefined])
  })
})

describe('a key that is not the customer’s', () => {
  it.each(['header', 'body', 'oauth'] as const)('is shown where the right one would be: %s', (auth) => {
    const tokens = { now: () => 'token', issued: () => [] }
    for (const shown of ['wrong', 'expired', 'missing'] as const) {
      const { headers, text } = asked({ stream: { auth }, credentials: { tokens, expiredKey: 'old' }, shown })
      expect(headers.Authorization).not.toBe(basic(KEY))
      expect(headers.Authorization).not.toBe('Bearer token')
      expect(text).not.toContain(JSON.stringify(KEY))
      if (shown === 'missing') expect([headers.Authorization, text]).toEqual([undefined, EVENT])
      else expect(`${headers.Authorization} ${text}`).toMatch(auth === 'body' ? /"writeKey":/ : /Basic|Bearer/)
    }
  })
})
