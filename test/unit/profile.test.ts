import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { type Credentials, requestsOf } from '../../src/delivery/profile.ts'
import type { Plan, ProfileName } from '../../src/model/plan.ts'
import { testPlan } from '../support/plans.ts'

const SECRET = 'Geheimnis ü'
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

function planOf(profile: ProfileName, changes: Partial<Plan['delivery']> = {}): Plan {
  const plan = testPlan({ profile })
  return { ...plan, delivery: { ...plan.delivery, ...changes } }
}

function requestOf(plan: Plan, events: readonly Uint8Array[], credentials: Partial<Credentials> = {}) {
  const { headers, ...request } = requestsOf(plan, { apiKey: 'k', headers: [], ...credentials }, systemDigest)(events)
  const named = Object.fromEntries(headers.flatMap((name, i) => (i % 2 === 0 ? [[name, headers[i + 1]]] : [])))
  return { ...request, headers: named as Record<string, string | undefined> }
}

describe('a request of the webhook profile', () => {
  it('is a POST of the event’s own bytes, without a key', () => {
    const event = bytesOf({ note: 'ü 🜚' })
    const { method, headers, body } = requestOf(planOf('webhook'), [event])
    expect([method, body]).toEqual(['POST', event])
    expect(headers).toMatchObject({ 'User-Agent': 'Segment.io/1.0', 'Content-Type': 'application/json' })
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['Authorization']))
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['X-Signature']))
  })
})

describe('a request of the actions profile', () => {
  it('says who it is, and uses the method that was asked for', () => {
    const { method, headers } = requestOf(planOf('actions', { method: 'PATCH' }), [bytesOf({})])
    expect([method, headers['User-Agent']]).toEqual(['PATCH', 'Segment (Actions)'])
  })

  it('is one bare event where the plan has no batches, and an array of one where they hold one', () => {
    const event = bytesOf({ a: 1 })
    expect(requestOf(planOf('actions'), [event]).body).toEqual(event)
    expect(new TextDecoder().decode(requestOf(planOf('actions', { batchSize: 1 }), [event]).body)).toBe('[{"a":1}]')
  })

  it('in batches is the array of its events, each to the byte', () => {
    fc.assert(
      fc.property(fc.array(fc.json(), { minLength: 1, maxLength: 9 }), (texts) => {
        const events = texts.map((text) => new TextEncoder().encode(text))
        const { body } = requestOf(planOf('actions', { batchSize: 9 }), events)
        expect(new TextDecoder().decode(body)).toBe(`[${texts.join(',')}]`)
      }),
    )
  })
})

describe('a signature', () => {
  const events = [bytesOf({ city: 'Zürich', n: 1.0, big: 1e21, '\u2028': '🜚' }), bytesOf({ b: 2 })]
  const expected = createHmac('sha1', SECRET).update(events[0]!).digest('hex')

  it.each(['webhook', 'actions'] as const)('of the %s profile covers the exact bytes of the body', (profile) => {
    const { headers, body } = requestOf(planOf(profile), [events[0]!], { sharedSecret: SECRET })
    expect(headers['X-Signature']).toBe(createHmac('sha1', SECRET).update(body).digest('hex'))
  })

  it('of a batch covers its first event and nothing else', () => {
    const { headers } = requestOf(planOf('actions', { batchSize: 2 }), events, { sharedSecret: SECRET })
    expect(headers['X-Signature']).toBe(expected)
    expect(expected).toMatch(/^[0-9a-f]{40}$/)
  })
})
