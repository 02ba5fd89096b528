import { describe, expect, test } from 'vitest'
import { violationsOf } from '../../src/index.ts'
import { DAY_MS, START_MS, streamEvent, triedApi } from '../support/stream-traffic.ts'

const consent = (consent: unknown) => ({ event: 'Segment Consent Preference Updated', context: { consent } })

/** What is accepted and not stored, by the code that says why. */
const DISCARDED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  missing_type: { type: undefined },
  invalid_type: { type: 'Track' },
  no_user_anon_id: { userId: undefined },
  id_not_string: { userId: 7 },
  event_not_defined: { event: undefined },
  event_not_string: { event: ['Email Opened'] },
  properties_not_object: { properties: 'none' },
  traits_not_object: { type: 'identify', traits: [1] },
  name_not_string: { type: 'page', name: '' },
  category_not_string: { type: 'screen', category: 3 },
  consent_categorypreferences_should_exist: consent({}),
  consent_categorypreferences_fields_should_be_object: consent({ categoryPreferences: true }),
  consent_categorypreferences_fields_should_be_bool: consent({ categoryPreferences: { ads: 'yes' } }),
  consent_version_should_be_number: consent({ categoryPreferences: { ads: true }, version: '2' }),
  device_advertisingid_should_be_string: { context: { device: { advertisingId: 12 } } },
}

describe('what is answered with 200 and not stored', () => {
  test.each(Object.entries(DISCARDED))('%s is the code, beside events that are stored', (code, changes) => {
    const { post, stored, discarded } = triedApi()
    const bad = streamEvent({ messageId: 'bad', ...changes })
    const answer = post({ batch: [streamEvent({ messageId: 'a' }), bad, streamEvent({ messageId: 'b' })] })
    expect(answer).toMatchObject({ status: 200, body: '{"success":true}' })
    expect(stored().map(({ messageId }) => messageId)).toEqual(['a', 'b'])
    expect(discarded()).toMatchObject([{ messageId: 'bad', code, atMs: START_MS, account: 'one' }])
  })

  test.each(Object.entries(DISCARDED))('%s is what the linter says of it too', (code, changes) => {
    const rules = violationsOf(JSON.stringify(streamEvent(changes)), '', 'stream').map(({ rule }) => rule)
    expect(rules).toContain(code)
  })

  test('an event may be larger than 32 KB in no batch, to the byte', () => {
    const room = 32 * 1024 - JSON.stringify(streamEvent({ messageId: 'ok', note: '' })).length
    const { post, stored, codes } = triedApi()
    const fits = streamEvent({ messageId: 'ok', note: 'x'.repeat(room) })
    const tooLarge = streamEvent({ messageId: 'no', note: 'ü'.repeat(room / 2 + 1) })
    expect(post({ batch: [fits, tooLarge] }).status).toBe(200)
    expect([stored().map(({ messageId }) => messageId), codes()]).toEqual([['ok'], ['event-too-large']])
  })

  test('of more than 2 500 events none is', () => {
    const { post, stored, codes } = triedApi()
    const batch = Array.from({ length: 2501 }, (_, i) => ({ type: 'page', userId: 'u', messageId: `${i}` }))
    expect(post({ batch }).status).toBe(200)
    expect([stored().length, new Set(codes()), codes().length]).toEqual([0, new Set(['batch-too-many']), 2501])
    expect(post({ batch: batch.slice(1) }).status).toBe(200)
    expect(stored()).toHaveLength(2500)
  })

  test('what is no object, an empty batch, and what is nested deeper than anybody can write', () => {
    const { post, stored, discarded } = triedApi()
    expect(post({ batch: [7, null, 'track', []] }).status).toBe(200)
    expect(post({ batch: [] }).status).toBe(200)
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(post(`{"batch":[{"type":"page","userId":"u","messageId":"deep","properties":{"x":${deep}}}]}`).status).toBe(
      200,
    )
    expect(stored()).toEqual([])
    expect(discarded().map(({ code }) => code)).toEqual([...Array(4).fill('bad_request'), 'empty_batch', 'bad_request'])
    expect(discarded()[4]).not.toHaveProperty('messageId')
  })
})

describe('a message is one, by its id', () => {
  test('within the window, whatever else it says', () => {
    const { post, stored, discarded } = triedApi()
    post({ batch: [streamEvent(), streamEvent({ event: 'Email Bounced' })] })
    post({ batch: [streamEvent()] }, { receivedAtMs: START_MS + DAY_MS - 1 })
    expect(stored()).toHaveLength(1)
    expect(discarded()).toMatchObject([{ code: 'duplicate' }, { code: 'duplicate' }])
    post({ batch: [streamEvent()] }, { receivedAtMs: START_MS + DAY_MS })
    expect(stored()).toHaveLength(2)
  })

  test('within its source', () => {
    const keys = (['A', 'B'] as const).map((key) => ({ key, source: key, region: 'us' as const }))
    const { post, stored } = triedApi({ keys })
    post({ batch: [streamEvent()] }, { writeKey: 'A' })
    post({ batch: [streamEvent()] }, { writeKey: 'B' })
    expect([stored('A').length, stored('B').length]).toEqual([1, 1])
  })

  test('without an id each is another one, and is given one', () => {
    const { post, stored } = triedApi()
    const batch = [streamEvent({ messageId: undefined }), streamEvent({ messageId: 12 })]
    post({ batch })
    post({ batch })
    expect(new Set(stored().map(({ messageId }) => messageId)).size).toBe(4)
  })
})

describe('what is stored of an event', () => {
  const times = { timestamp: '2026-03-01T10:00:00.000Z' }

  test('its time is corrected by as much as the sender’s clock is wrong', () => {
    const { post, stored } = triedApi()
    post({ batch: [streamEvent(times)], sentAt: '2026-03-01T10:00:04.500Z' })
    expect(stored()[0]).toEqual({
      ...streamEvent(),
      receivedAt: '2026-01-01T00:00:00.000Z',
      sentAt: '2026-03-01T10:00:04.500Z',
      originalTimestamp: '2026-03-01T10:00:00.000Z',
      timestamp: '2025-12-31T23:59:55.500Z',
    })
  })

  test.each([
    ['without sentAt the sender is believed', {}, times, '2026-03-01T10:00:00.000Z'],
    ['with a sentAt that cannot be read as well', { sentAt: 'now' }, times, '2026-03-01T10:00:00.000Z'],
    ['without a time it happened when it came', {}, { timestamp: undefined }, '2026-01-01T00:00:00.000Z'],
    [
      'with a time that cannot be read too',
      { sentAt: '2026-03-01T10:00:00Z' },
      { timestamp: '2026-13-01' },
      '2026-01-01T00:00:00.000Z',
    ],
    ['times of other forms are read', {}, { timestamp: '2026-03-01T12:00:00+02:00' }, '2026-03-01T10:00:00.000Z'],
  ])('%s', (_, head, changes, timestamp) => {
    const { post, stored } = triedApi()
    post({ ...head, batch: [streamEvent(changes)] })
    expect(stored()[0]).toMatchObject({ timestamp, originalTimestamp: changes.timestamp ?? timestamp })
  })

  test('what a batch says of all its events is in each, and what they say themselves wins', () => {
    const { post, stored } = triedApi()
    post({
      writeKey: 'KEY',
      context: { ip: '1.1.1.1', locale: 'de' },
      integrations: { All: false },
      batch: [streamEvent({ context: { locale: 'fr' }, writeKey: 'KEY' })],
    })
    const [event] = stored()
    expect(event).toMatchObject({ context: { ip: '1.1.1.1', locale: 'fr' }, integrations: { All: false } })
    expect(JSON.stringify(event)).not.toContain('KEY')
  })

  test('hostile names are nothing but names', () => {
    const { post, stored } = triedApi()
    post(
      '{"batch":[{"type":"page","userId":"u","messageId":"m","__proto__":{"type":"x"},"constructor":1,"toString":2}]}',
    )
    expect(Object.keys(stored()[0]!)).toEqual(expect.arrayContaining(['__proto__', 'constructor', 'toString']))
  })
})

test('whoever watches is told of each event, why it was not stored, and never the write key', () => {
  const seen: unknown[] = []
  const { post } = triedApi({
    watch: ({ messageId, type, event, userId, source, code, atMs, text }) =>
      seen.push([messageId, type, event, userId, source, code, atMs, text.includes('KEY')]),
  })
  post({ batch: [streamEvent({ messageId: 'a', writeKey: 'KEY' }), streamEvent({ messageId: 'b', userId: 1 })] })
  post({ batch: [streamEvent({ messageId: 'c' })] }, { writeKey: 'OTHER' })
  expect(seen).toEqual([
    ['a', 'track', 'Email Opened', 'sq_test_Ada', 'one', undefined, START_MS, false],
    ['b', 'track', 'Email Opened', null, 'one', 'id_not_string', START_MS, false],
    ['c', 'track', 'Email Opened', 'sq_test_Ada', '', 'unknown_source', START_MS, false],
  ])
})
