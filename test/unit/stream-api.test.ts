import { describe, expect, test } from 'vitest'
import { NULL_STREAM_STORE } from '../../src/partner/stream/null-stream-store.ts'
import { RateGate } from '../../src/partner/stream/rate-gate.ts'
import { parseStreamFault } from '../../src/partner/stream/stream-faults.ts'
import { START_MS, streamEvent, triedApi } from '../support/stream-traffic.ts'

const CALLS = ['identify', 'track', 'page', 'screen', 'group', 'alias']

describe('paths', () => {
  test.each(
    CALLS.flatMap((call) => [
      [`/v1/${call}`, call],
      [`/v1/${call[0]}`, call],
      [`/v1/${call}/`, call],
    ]),
  )('%s takes a call of %s without a type', (path, type) => {
    const { post, stored } = triedApi()
    expect(post(streamEvent({ type: undefined }), { path }).status).toBe(200)
    expect(stored()).toMatchObject([{ type, messageId: streamEvent().messageId }])
  })

  test.each(['/v1/batch', '/v1/b', '/v1/import'])('%s takes a batch', (path) => {
    const { post, stored } = triedApi()
    expect(post({ batch: [streamEvent()] }, { path }).status).toBe(200)
    expect(stored()).toHaveLength(1)
  })

  test.each([
    ['/', 404],
    ['/v1', 404],
    ['/v1/delete', 404],
    ['/v1/d', 404],
    ['/v2/batch', 404],
    ['/v1/toString', 404],
  ])('%s is none', (path, status) => {
    expect(triedApi().post({ batch: [] }, { path }).status).toBe(status)
  })

  test('events come by POST', () => {
    expect(triedApi().post({ batch: [] }, { method: 'PUT' })).toMatchObject({
      status: 405,
      headers: expect.arrayContaining(['allow', 'POST']),
    })
  })
})

describe('what is refused with 400, of which nothing is stored and nothing counts as discarded', () => {
  const large = streamEvent({ properties: { note: 'x'.repeat(32 * 1024) } })
  const half = 'x'.repeat(25_000)
  test.each([
    ['no JSON', '{"batch":[', {}, /JSON/],
    ['no UTF-8', '', { body: new Uint8Array([0x7b, 0xff, 0x7d]) }, /UTF-8/],
    ['no object', '[]', {}, /object/],
    ['no batch', { events: [] }, {}, /batch/],
    ['a batch that is no array', { batch: { 0: {} } }, {}, /batch/],
    ['nothing', '', {}, /JSON/],
    ['a body that cannot be uncompressed', '', { body: undefined }, /uncompressed/],
    ['a call of more than 32 KB', large, { path: '/v1/track' }, /32 KB/],
    [
      'a batch of more than 500 KB',
      { batch: Array.from({ length: 21 }, (_, i) => streamEvent({ messageId: `${i}`, half })) },
      {},
      /500 KB/,
    ],
    ['no write key', { batch: [streamEvent()] }, { writeKey: undefined }, /write key/],
    ['an empty write key', { batch: [streamEvent()], writeKey: '' }, { writeKey: undefined }, /write key/],
  ])('%s', (_, body, changes, why) => {
    const { post, stored, codes } = triedApi()
    const answer = post(body, changes)
    expect(answer).toMatchObject({ status: 400, body: expect.stringMatching(why) })
    expect([stored(), codes()]).toEqual([[], []])
  })

  test('a batch of 500 KB is taken', () => {
    const { post, stored } = triedApi()
    const batch = Array.from({ length: 20 }, (_, i) => streamEvent({ messageId: `${i}`, half }))
    expect(post({ batch }).status).toBe(200)
    expect(stored()).toHaveLength(20)
  })
})

describe('write keys', () => {
  test('may stand in the body', () => {
    const { post, stored } = triedApi()
    post({ batch: [streamEvent()], writeKey: 'KEY' }, { writeKey: undefined })
    post(streamEvent({ messageId: 'single', writeKey: 'KEY' }), { writeKey: undefined, path: '/v1/t' })
    expect(stored('one')).toHaveLength(2)
    expect(JSON.stringify(stored())).not.toContain('KEY')
  })

  test('that nobody has are accepted, and their events are nobody’s', () => {
    const { post, stored, discarded } = triedApi()
    expect(post({ batch: [streamEvent()] }, { writeKey: 'WRONG' }).status).toBe(200)
    expect([stored(), discarded('one')]).toMatchObject([[], [{ code: 'unknown_source', account: '' }]])
  })

  test('of another region are accepted, and their events vanish', () => {
    const { post, stored, codes } = triedApi({ keys: [{ key: 'EU', source: 'eu', region: 'eu' }] })
    expect(post({ batch: [streamEvent()] }, { writeKey: 'EU' }).status).toBe(200)
    expect([stored(), codes()]).toEqual([[], ['wrong-region']])
  })

  test('that are regenerated bring nothing from then on, and the new ones what the old ones brought', () => {
    const rest = { source: 'one', region: 'us' as const }
    const keys = [
      { ...rest, key: 'OLD', untilMs: 1000 },
      { ...rest, key: 'NEW', fromMs: 1000 },
    ]
    const { post, stored, codes } = triedApi({ keys })
    const send = (writeKey: string, messageId: string, atMs: number) =>
      post({ batch: [streamEvent({ messageId })] }, { writeKey, receivedAtMs: START_MS + atMs })
    send('OLD', 'a', 0)
    send('NEW', 'b', 999)
    send('OLD', 'c', 1000)
    send('NEW', 'd', 1000)
    send('NEW', 'a', 1001)
    expect(stored('one').map(({ messageId }) => messageId)).toEqual(['a', 'd'])
    expect(codes()).toEqual(['unknown_source', 'unknown_source', 'duplicate'])
  })

  test('are sources of their own where none was given out', () => {
    const { post, stored } = triedApi({ keys: [] })
    post({ batch: [streamEvent()] }, { writeKey: 'ANY' })
    expect(stored('source of ANY')).toHaveLength(1)
  })
})

describe('over the rate', () => {
  const burst = (over: 'delay' | '429') => {
    const { post, stored } = triedApi({ rate: { gate: new RateGate(10), over } })
    const send = (i: number, atMs: number) =>
      post({ batch: [streamEvent({ messageId: `${i}` })] }, { receivedAtMs: START_MS + atMs })
    return { send, stored, answers: Array.from({ length: 15 }, (_, i) => send(i, 0)) }
  }

  test('answers wait, the longer the more there were, and everything is stored', () => {
    const { answers, stored, send } = burst('delay')
    expect(answers.map(({ status, delayMs }) => [status, delayMs])).toEqual(
      Array.from({ length: 15 }, (_, i) => [200, Math.max(0, i - 9) * 100]),
    )
    expect(stored()).toHaveLength(15)
    expect(send(15, 2000).delayMs).toBe(0)
  })

  test('429 says when to come again, stores nothing, and keeps its word', () => {
    const { answers, stored, send } = burst('429')
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(200), ...Array(5).fill(429)])
    expect(answers[10]!.headers.join(' ')).toMatch(/retry-after 1 x-ratelimit-reset 1$/)
    expect(stored()).toHaveLength(10)
    expect(send(15, 1000).status).toBe(200)
  })
})

describe('faults', () => {
  const after = (faults: string[], tries: number) => {
    const { post, stored, codes } = triedApi({ faults })
    const batch = [streamEvent({ messageId: 'a' }), streamEvent({ messageId: 'b' })]
    const answers = Array.from({ length: tries }, (_, i) => post({ batch }, { receivedAtMs: START_MS + i * 1000 }))
    return {
      told: answers.map(({ status, wire }) => (wire === 'answer' ? status : wire)),
      stored: stored().length,
      codes: codes(),
    }
  }

  test.each([
    ['status:503@0s-2s', 3, [503, 503, 200], 2, []],
    ['status:429,retry-after=2@0s-1s', 2, [429, 200], 2, []],
    ['hang@0s-1s', 2, ['hang', 200], 2, []],
    ['reset@0s-1s', 2, ['reset', 200], 2, []],
    ['reset-after-store@0s-1s', 2, ['reset', 200], 2, ['duplicate', 'duplicate']],
    ['lost-answer-stored', 2, ['reset', 200], 2, ['duplicate', 'duplicate']],
    ['503-first-try', 2, [503, 200], 2, []],
    ['loses(1)', 1, [200], 0, []],
    ['no-dedupe', 2, [200, 200], 4, []],
    ['partial-batch', 1, [200], 1, []],
  ])('%s', (fault, tries, told, stored, codes) => {
    expect(after([fault], tries)).toEqual({ told, stored, codes })
  })

  test('those that only a partner can have are named as such', () => {
    expect(() => parseStreamFault('resurrects')).toThrow(/^fault "resurrects": resurrects is a partner’s|partner's/)
    expect(() => parseStreamFault('no-signature')).toThrow(/receive partner/)
  })

  test('are met by what cannot be read too', () => {
    expect(triedApi({ faults: ['status:503'] }).post('{').status).toBe(503)
  })
})

test('counts close: every event of an accepted request is stored or discarded, also where nothing is kept', () => {
  const { api, post, stored } = triedApi({ store: NULL_STREAM_STORE })
  const large = streamEvent({ messageId: 'large', note: 'x'.repeat(33_000) })
  post({ batch: [streamEvent(), streamEvent({ userId: 1 }), large, streamEvent({ note: 'x'.repeat(9000) })] })
  post('{')
  expect(api.counts).toMatchObject({ requests: 2, stored: 2, discarded: { id_not_string: 1, 'event-too-large': 1 } })
  expect(stored()).toEqual([])
})
