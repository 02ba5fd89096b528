import { describe, expect, test } from 'vitest'
import { MemoryStore } from '../../src/partner/memory-store.ts'
import { Partner } from '../../src/partner/partner.ts'
import { pagesOf, type Store } from '../../src/partner/store.ts'
import { eventOf, requestOf } from '../support/partner-traffic.ts'

function soundPartner(store: Store = new MemoryStore()): Partner {
  return new Partner({ store, faults: [], seed: 1, later: () => {} })
}

describe('a sound subscription', () => {
  test('answers 200 without a body', () => {
    const answer = soundPartner().receive(requestOf(eventOf()))
    expect(answer).toEqual({ status: 200, headers: [], body: '', delayMs: 0, wire: 'answer' })
  })

  test('keeps the event to the letter, dated by its timestamp, with its own clock beside it', () => {
    const partner = soundPartner()
    const text =
      '{ "messageId":"m1","type":"page","anonymousId":"x","timestamp":"2025-06-01T12:00:00+02:00", "n":1.0,"t":"\\u00fc 🜚" }'
    partner.receive(requestOf(text, { receivedAtMs: Date.UTC(2026, 0, 2) }))
    expect([...partner.receipts(0)].flat()).toEqual([
      {
        messageId: 'm1',
        type: 'page',
        userId: null,
        timestamp: '2025-06-01T10:00:00.000Z',
        receivedAt: '2026-01-02T00:00:00.000Z',
        event: null,
        account: 'customer',
        body: text,
      },
    ])
  })

  test('dates an event whose timestamp is missing or unreadable by its arrival', () => {
    const partner = soundPartner()
    partner.receive(requestOf(eventOf({ messageId: 'a', timestamp: undefined })))
    partner.receive(requestOf(eventOf({ messageId: 'b', timestamp: 'yesterday' })))
    const times = [...partner.receipts(0)].flat().map(({ timestamp }) => timestamp)
    expect(times).toEqual(['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'])
  })

  test('absorbs a message that it has, also in the replay envelope, and takes it from another customer', () => {
    const store = new MemoryStore()
    const partner = soundPartner(store)
    const replayed = eventOf({ integrations: { All: false, Partner: true } })
    const requests = [requestOf(eventOf()), requestOf(eventOf()), requestOf(replayed)]
    expect(requests.map((request) => partner.receive(request).status)).toEqual([200, 200, 200])
    partner.receive(requestOf(eventOf(), { account: 'another' }))
    expect([...pagesOf(store)].flat().map(({ account }) => account)).toEqual(['customer', 'another'])
  })

  test('confirms an order once, unless nobody will ask what it sends out', () => {
    const talking = soundPartner()
    const silent = new Partner({ store: new MemoryStore(), faults: [], seed: 1, silent: true, later: () => {} })
    for (const partner of [talking, talking, silent]) partner.receive(requestOf(eventOf()))
    const { messageId, userId } = eventOf()
    expect([...talking.outbox(0)].flat()).toEqual([{ messageId, userId, to: userId }])
    expect([...silent.outbox(0)].flat()).toEqual([])
  })

  test('remembers what an earlier life stored', () => {
    const store = new MemoryStore()
    soundPartner(store).receive(requestOf(eventOf()))
    soundPartner(store).receive(requestOf(eventOf()))
    expect([...pagesOf(store)].flat()).toHaveLength(1)
  })

  test.each([
    ['text that is not JSON', 'not JSON'],
    ['an empty list', []],
    ['null', 'null'],
    ['an event without messageId', eventOf({ messageId: undefined })],
    ['an event with an empty messageId', eventOf({ messageId: '' })],
    ['an event whose messageId is no text', eventOf({ messageId: 7 })],
    ['an event without type', eventOf({ type: undefined })],
  ])('answers 400 with a message to %s and stores nothing', (_, body) => {
    const store = new MemoryStore()
    const answer = soundPartner(store).receive(requestOf(body))
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body)).toEqual({ message: expect.stringMatching(/./) })
    expect([...pagesOf(store)]).toEqual([])
  })

  test('answers 400 to bytes that are not UTF-8', () => {
    const body = new Uint8Array([...requestOf('{"messageId":"m","type":"').body, 0xff, 0x22, 0x7d])
    expect(soundPartner().receive({ ...requestOf(''), body }).status).toBe(400)
  })

  test('answers 405 to anything but POST, PUT and PATCH', () => {
    expect(soundPartner().receive(requestOf(eventOf(), { method: 'GET' })).status).toBe(405)
  })
})
