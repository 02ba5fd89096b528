import { describe, expect, test } from 'vitest'
import { parseFault } from '../../src/partner/faults/parse-fault.ts'
import { MemoryStore } from '../../src/partner/memory-store.ts'
import { Partner } from '../../src/partner/partner.ts'
import { broken, START_MS } from '../support/broken-receiver.ts'
import { eventOf, requestOf } from '../support/partner-traffic.ts'

const ids = Array.from({ length: 500 }, (_, i) => `m${i}`)
const withId = (messageId: string): Record<string, unknown> => eventOf({ messageId })

describe('chance', () => {
  test('decides about a message whatever came before it', () => {
    const statuses = (order: readonly string[]): Map<string, number> => {
      const { receive } = broken('status:503 30%')
      return new Map(order.map((id) => [id, receive(withId(id)).status]))
    }
    expect(statuses(ids.toReversed())).toEqual(statuses(ids))
  })

  test('decides anew at the next try of a message', () => {
    const { receive } = broken('status:503 50%')
    const first = ids.map((id) => receive(withId(id)).status)
    const second = ids.map((id) => receive(withId(id)).status)
    expect(second).not.toEqual(first)
  })

  test('is independent between two faults of one kind', () => {
    const { receive } = broken('status:500 50%', 'status:503 50%')
    const statuses = ids.map((id) => receive(withId(id)).status)
    const shares = [200, 500, 503].map((status) => statuses.filter((one) => one === status).length / ids.length)
    expect(shares[0]).toBeCloseTo(0.25, 1)
    expect(shares[1]).toBeCloseTo(0.5, 1)
    expect(shares[2]).toBeCloseTo(0.25, 1)
  })

  test('differs between seeds', () => {
    const lost = (seed: number): number[] => {
      const store = new MemoryStore()
      const partner = new Partner({ store, faults: [parseFault('loses(0.5)')], seed, later: () => {} })
      return ids.map((id) => {
        partner.receive(requestOf(withId(id)))
        return [...partner.receipts(0)].flat().length
      })
    }
    expect(lost(1)).not.toEqual(lost(2))
  })
})

describe('on the wire', () => {
  test.each([
    ['hang', 'hang', 0],
    ['reset', 'reset', 0],
    ['reset-after-store', 'reset', 1],
  ])('%s ends in a %s with %i records', (fault, wire, records) => {
    const { receive, stored } = broken(fault)
    expect(receive(eventOf()).wire).toBe(wire)
    expect(stored()).toHaveLength(records)
  })

  test('reset-after-store says 400 to what it cannot store', () => {
    expect(broken('reset-after-store').receive('nonsense')).toMatchObject({ wire: 'answer', status: 400 })
  })

  test('says-200-on-error tells the truth in the body alone', () => {
    const { receive, stored } = broken('says-200-on-error 100%')
    const answer = receive(eventOf())
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({ success: false })
    expect(stored()).toEqual([])
  })

  test('closes-always says so with every answer, refusals too', () => {
    const { receive } = broken('closes-always', 'status:503')
    expect(receive(eventOf()).headers.slice(-2)).toEqual(['connection', 'close'])
  })
})

describe('copies', () => {
  test('invents adds a record under an id that nobody sent, with the mark of the user who sent the other', () => {
    const { receive, stored } = broken('invents 100%')
    receive(eventOf())
    const [own, strange] = stored()
    expect(strange).toMatchObject({ userId: own?.userId, timestamp: own?.timestamp })
    expect(strange?.messageId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(strange?.messageId).not.toBe(own?.messageId)
    expect(JSON.parse(String(strange?.body)).messageId).toBe(strange?.messageId)
  })

  test('dedupe-race stores copies that come at once, and absorbs those that come later', () => {
    const { receive, stored } = broken('dedupe-race(20ms)')
    for (const atMs of [0, 19, 20, 5000]) receive(eventOf(), atMs)
    expect(stored()).toHaveLength(2)
  })

  test('short-dedupe-window absorbs copies within its window, and stores one in each later window', () => {
    const { receive, stored } = broken('short-dedupe-window(2s)')
    for (const atMs of [0, 1999, 2000, 3999, 4000]) receive(eventOf(), atMs)
    expect(stored()).toHaveLength(3)
  })

  test('stores-on-5xx stores what it says 503 to, and its retry again', () => {
    const { receive, stored } = broken('stores-on-5xx@0s-1s 100%')
    expect([receive(eventOf(), 0).status, receive(eventOf(), 2000).status]).toEqual([503, 200])
    expect(stored()).toHaveLength(2)
  })

  test('stores-on-retry stores what it says 503 to, and its retry again, and absorbs what comes after a 200', () => {
    const { receive, stored } = broken('stores-on-retry 100%')
    expect([1, 2, 3, 4].map(() => receive(eventOf()).status)).toEqual([503, 200, 200, 200])
    expect(stored()).toHaveLength(2)
  })

  test('stores-on-retry touches a share of the messages, and no later try of theirs', () => {
    const { receive } = broken('stores-on-retry 20%')
    const failures = () => ids.filter((id) => receive(withId(id)).status === 503).length
    expect(failures()).toBeGreaterThan(60)
    expect(failures()).toBe(0)
  })

  test('stores-on-retry takes a batch for one try: all of it twice', () => {
    const { receive, stored } = broken('stores-on-retry 100%')
    const batch = [withId('a'), withId('b')]
    expect([receive(batch).status, receive(batch).status]).toEqual([503, 200])
    expect(stored().map(({ messageId }) => messageId)).toEqual(['a', 'b', 'a', 'b'])
  })

  test('stores-on-retry says 400 to what it cannot store', () => {
    expect(broken('stores-on-retry 100%').receive('nonsense').status).toBe(400)
  })

  test('dedupes-by-content loses the twin of a message, but no message of another time', () => {
    const { receive, stored } = broken('dedupes-by-content')
    const times = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z']
    times.forEach((timestamp, i) => {
      receive(eventOf({ messageId: `m${i}`, timestamp }))
    })
    expect(stored().map(({ messageId }) => messageId)).toEqual(['m0', 'm2'])
  })
})

describe('content', () => {
  const bodyAfter = (fault: string, changes: Readonly<Record<string, unknown>>): Record<string, unknown> => {
    const { receive, stored } = broken(fault)
    receive(eventOf(changes))
    return JSON.parse(String(stored()[0]?.body))
  }

  test('truncates cuts text at any depth and leaves the envelope alone', () => {
    const properties = { list: [{ text: 'abcdef' }], short: 'abc', count: 123456 }
    const body = bodyAfter('truncates(4)', { properties })
    expect(body.properties).toEqual({ list: [{ text: 'abcd' }], short: 'abc', count: 123456 })
    expect(body.messageId).toBe(eventOf().messageId)
  })

  test('mangles-unicode puts one question mark for each character outside ASCII', () => {
    const body = bodyAfter('mangles-unicode', { properties: { city: 'Zürich 🜚', name: 'plain' } })
    expect(body.properties).toEqual({ city: 'Z?rich ?', name: 'plain' })
  })

  test('rounds-numbers leaves whole numbers and text of digits alone', () => {
    const body = bodyAfter('rounds-numbers', { properties: { total: 12.6, count: 3, zip: '00501.5', none: null } })
    expect(body.properties).toEqual({ total: 13, count: 3, zip: '00501.5', none: null })
  })
})

describe('event time', () => {
  const DAY_MS = 86_400_000
  const timeAfter = (fault: string, changes: Readonly<Record<string, unknown>>): unknown => {
    const { receive, stored } = broken(fault)
    receive(eventOf(changes))
    return stored()[0]?.timestamp
  }
  const ago = (ms: number): string => new Date(START_MS - ms).toISOString()

  test.each([
    ['replay-as-now keeps what is fresh', 'replay-as-now', { timestamp: ago(59_000) }, ago(59_000)],
    [
      'replay-as-now dates what is older than a minute by its arrival',
      'replay-as-now',
      { timestamp: ago(61_000) },
      ago(0),
    ],
    [
      'replay-as-now dates what comes in the replay envelope by its arrival',
      'replay-as-now',
      { timestamp: ago(1000), integrations: { All: false, Partner: true } },
      ago(0),
    ],
    ['clamps-old keeps what is within its limit', 'clamps-old(30d)', { timestamp: ago(29 * DAY_MS) }, ago(29 * DAY_MS)],
    [
      'clamps-old moves what is older to its limit',
      'clamps-old(30d)',
      { timestamp: ago(400 * DAY_MS) },
      ago(30 * DAY_MS),
    ],
    ['trusts-sent-at takes sentAt', 'trusts-sent-at', { sentAt: ago(5) }, ago(5)],
    ['trusts-sent-at takes the timestamp where there is no sentAt', 'trusts-sent-at', { sentAt: undefined }, ago(0)],
  ])('%s', (_, fault, changes, time) => {
    expect(timeAfter(fault, changes)).toBe(time)
  })

  test('rejects-old says 400 to what is older than its limit, and takes what is not', () => {
    const { receive, stored } = broken('rejects-old(30d)')
    const statuses = [31, 29].map((days) => receive(eventOf({ timestamp: ago(days * DAY_MS) })).status)
    expect(statuses).toEqual([400, 200])
    expect(stored()).toHaveLength(1)
  })

  test('visible-late shows a record once its lag is over', () => {
    const { receive, stored } = broken('visible-late(10s)')
    receive(eventOf())
    expect([9999, 10_000].map((atMs) => stored(atMs).length)).toEqual([0, 1])
  })
})
