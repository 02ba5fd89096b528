import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseFault } from '../../src/partner/faults/parse-fault.ts'
import { MemoryStore } from '../../src/partner/memory-store.ts'
import { Partner } from '../../src/partner/partner.ts'
import { eventOf, requestOf } from '../support/partner-traffic.ts'

interface Identify {
  readonly id: number
  readonly userId: string
  readonly atS: number
  readonly traits: Readonly<Record<string, unknown>>
}

function statesAfter(identifies: readonly Identify[], faults: readonly string[] = []): Map<string, unknown> {
  const partner = new Partner({ store: new MemoryStore(), faults: faults.map(parseFault), seed: 1, later: () => {} })
  for (const { id, userId, atS, traits } of identifies) {
    const timestamp = new Date(Date.UTC(2026, 0, 1) + atS * 1000).toISOString()
    partner.receive(requestOf(eventOf({ type: 'identify', messageId: `m${id}`, userId, timestamp, traits })))
  }
  return new Map([...partner.states(0)].flat().map(({ userId, traits }) => [userId, traits]))
}

const identifies = fc.uniqueArray(
  fc.record({
    id: fc.nat(50),
    userId: fc.constantFrom('ada', 'Bo b'),
    atS: fc.nat(5),
    traits: fc.dictionary(fc.constantFrom('plan', 'age', '__proto__'), fc.oneof(fc.nat(3), fc.constant(null))),
  }),
  { selector: ({ id }) => id },
)

describe("users' states", () => {
  test('hold of each trait the value that was set last by event time, a null too', () => {
    const states = statesAfter([
      { id: 1, userId: 'ada', atS: 2, traits: { plan: 'pro', age: 30 } },
      { id: 2, userId: 'ada', atS: 1, traits: { plan: 'free', city: 'Rome' } },
      { id: 3, userId: 'ada', atS: 3, traits: { age: null } },
    ])
    expect(states).toEqual(new Map([['ada', { plan: 'pro', age: null, city: 'Rome' }]]))
  })

  test('do not depend on the order of arrival, equal times included', () => {
    const shuffled = identifies.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    )
    fc.assert(
      fc.property(shuffled, ([events, others]) => {
        expect(statesAfter(events)).toEqual(statesAfter(others))
      }),
    )
  })

  test('follow the arrival when last-write-by-arrival is on', () => {
    const later = { id: 1, userId: 'ada', atS: 2, traits: { plan: 'pro' } }
    const earlier = { id: 2, userId: 'ada', atS: 1, traits: { plan: 'free' } }
    expect(statesAfter([later, earlier], ['last-write-by-arrival']).get('ada')).toEqual({ plan: 'free' })
  })

  test('come in pages when there are many users', () => {
    const many = Array.from({ length: 450 }, (_, id) => ({ id, userId: `u${id}`, atS: 0, traits: { id } }))
    expect(statesAfter(many).size).toBe(450)
  })
})
