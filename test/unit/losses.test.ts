import { describe, expect, test } from 'vitest'
import { broken } from '../support/broken-receiver.ts'
import { eventOf } from '../support/partner-traffic.ts'

const ids = Array.from({ length: 500 }, (_, i) => `m${i}`)
const withId = (messageId: string): Record<string, unknown> => eventOf({ messageId })

describe('loses', () => {
  test('says 200 and loses every copy of the message that it loses', () => {
    const { receive, stored } = broken('loses(0.2)')
    const answers = [...ids, ...ids, ...ids].map((id) => receive(withId(id)).status)
    expect(new Set(answers)).toEqual(new Set([200]))
    expect(stored().length).toBeGreaterThan(350)
    expect(stored().length).toBeLessThan(450)
  })
})

describe('loses-in-burst', () => {
  test('stores so many events within any second, and says 200 to all', () => {
    const { receive, stored } = broken('loses-in-burst(2/s)')
    const answers = [0, 400, 500, 999, 1000, 1399, 1400].map((atMs) => receive(withId(`at ${atMs}`), atMs).status)
    expect(new Set(answers)).toEqual(new Set([200]))
    expect(stored().map(({ messageId }) => messageId)).toEqual(['at 0', 'at 400', 'at 1000', 'at 1400'])
  })

  test('stores a copy that comes after the burst', () => {
    const { receive, stored } = broken('loses-in-burst(1/s)')
    receive(withId('first'), 0)
    for (const atMs of [500, 1500]) receive(withId('second'), atMs)
    expect(stored().map(({ messageId }) => messageId)).toEqual(['first', 'second'])
  })
})

describe('loses-last-batch', () => {
  const storedOf = (count: number): number => {
    const { partner, receive, stored } = broken('loses-last-batch(25)')
    for (const id of ids.slice(0, count)) expect(receive(withId(id)).status).toBe(200)
    partner.flush()
    return stored().length
  }

  test.each([
    [1, 0],
    [25, 0],
    [26, 25],
    [50, 25],
    [51, 50],
  ])('of %i events stores %i, whatever comes of it', (sent, kept) => {
    expect(storedOf(sent)).toBe(kept)
  })

  test('absorbs copies, which push no batch on', () => {
    const { receive, stored } = broken('loses-last-batch(2)')
    for (const id of ['a', 'b', 'b', 'a', 'b']) receive(withId(id))
    expect(stored()).toEqual([])
    for (const id of ['c', 'a', 'c', 'c']) receive(withId(id))
    expect(stored().map(({ messageId }) => messageId)).toEqual(['a', 'b'])
  })
})

describe('loses-on-restart', () => {
  test('has stored nothing 2 s after its answer, and everything 4 s after it', () => {
    const { receive, stored, passUntil } = broken('loses-on-restart')
    expect(receive(eventOf()).status).toBe(200)
    passUntil(2000)
    expect(stored()).toEqual([])
    passUntil(4000)
    expect(stored()).toHaveLength(1)
  })

  test('loses what it holds although it stops in good order', () => {
    const { partner, receive, stored } = broken('loses-on-restart')
    for (const id of ids) receive(withId(id))
    partner.flush()
    expect(stored()).toEqual([])
  })
})

describe('acks-before-persist', () => {
  test('has stored nothing 200 ms after its answer', () => {
    const { receive, stored, passUntil } = broken('acks-before-persist')
    expect(receive(eventOf()).status).toBe(200)
    passUntil(200)
    expect(stored()).toEqual([])
  })

  test('has stored everything 400 ms after its answer', () => {
    const { receive, stored, passUntil } = broken('acks-before-persist')
    receive(eventOf())
    passUntil(400)
    expect(stored()).toHaveLength(1)
  })

  test('stores what it holds when it stops in good order', () => {
    const { partner, receive, stored } = broken('acks-before-persist')
    for (const id of ids) receive(withId(id))
    partner.flush()
    expect(stored()).toHaveLength(ids.length)
  })
})
