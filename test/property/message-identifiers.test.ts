import { describe, expect, it } from 'vitest'
import { trafficOf } from '../../generators/message.ts'
import { NAMESPACE_STRIDE, type Traffic } from '../../src/model/message.ts'
import { eventsOf, type ParsedEvent, testCorpus, testTraffic } from '../support/events.ts'
import { livePhase, testHeader } from '../support/plans.ts'

const COUNT = 5000
const { traffic, plan, header } = testTraffic({ phases: [livePhase(COUNT, 500)] })
const events = eventsOf(traffic, 0, COUNT)

describe('identifiers', () => {
  it('are shared by no two namespaces', () => {
    const elsewhere = identifiersIn(eventsOf(traffic, NAMESPACE_STRIDE, NAMESPACE_STRIDE + COUNT))
    const here = identifiersIn(events)
    expect(here.size).toBe(elsewhere.size)
    expect([...here].filter((id) => elsewhere.has(id))).toEqual([])
  })

  it('are shared by no two runs', () => {
    const other = trafficOf(testCorpus, plan, testHeader(plan, { id: 'testrun-2' }))
    const elsewhere = identifiersIn(eventsOf(other, 0, COUNT))
    expect([...identifiersIn(events)].filter((id) => elsewhere.has(id))).toEqual([])
  })

  it('name the run, where they do not end in a UUID and are no phone numbers', () => {
    const texts = [...identifiersIn(events)].filter((id) => !/[0-9a-f-]{36}$/i.test(id) && !id.startsWith('+1-'))
    expect(texts.length).toBeGreaterThan(100)
    expect(texts.filter((id) => !id.includes(header.id))).toEqual([])
  })

  it('fit a run id of the greatest length into an e-mail address', () => {
    const long = testHeader(plan, { id: 'abcdefgh-abcdefgh-abcdefgh-abcde' })
    const addresses = eventsOf(trafficOf(testCorpus, plan, long), 0, 1000).flatMap((event) => event.traits?.email ?? [])
    expect(addresses.length).toBeGreaterThan(20)
    for (const address of addresses) expect(address.split('@')[0].length).toBeLessThanOrEqual(64)
  })
})

describe('user ids', () => {
  const userIds = new Set(events.flatMap((event) => event.userId ?? []))

  it('begin with the prefix of the run', () => {
    for (const userId of userIds) expect(userId.startsWith(traffic.userIdPrefixes[0]!)).toBe(true)
    expect(traffic.userIdPrefixes).toEqual([`sq_${header.id}_`])
  })

  it('mix upper and lower case, and are still distinct when case is lost', () => {
    const mixed = [...userIds].filter((userId) => /[a-z]/.test(suffixOf(userId)) && /[A-Z]/.test(suffixOf(userId)))
    expect(mixed.length / userIds.size).toBeGreaterThan(0.9)
    expect(new Set([...userIds].map((userId) => userId.toLowerCase())).size).toBe(userIds.size)
  })

  it('each go with one e-mail address and one phone number', () => {
    const emails = new Map<string, string>()
    for (const event of events.filter(({ type }) => type === 'identify')) {
      const { email, phone } = event.traits
      expect(emails.get(event.userId!) ?? `${email} ${phone}`).toBe(`${email} ${phone}`)
      emails.set(event.userId!, `${email} ${phone}`)
    }
    expect(new Set(emails.values()).size).toBe(emails.size)
  })

  it('come again in later identifies, with other traits', () => {
    const byUser = Map.groupBy(
      events.filter(({ type }) => type === 'identify'),
      (event) => event.userId,
    )
    const returning = [...byUser.values()].filter((calls) => calls.length > 1)
    expect(returning.length).toBeGreaterThan(20)
    for (const [first, second] of returning) expect(first!.traits).not.toEqual(second!.traits)
  })
})

describe('identifies and group calls', () => {
  it('of one user never share a timestamp, at 100 000 a second and in phases side by side', () => {
    const perSecond = 100_000
    const phases = [
      livePhase(12_345, perSecond, { messages: { first: 0, count: 12_345 } }),
      livePhase(12_345, perSecond, { name: 'beside', messages: { first: 12_345, count: 12_345 } }),
      livePhase(12_345, perSecond, {
        name: 'history',
        historyMs: 3_600_000,
        envelope: 'replay',
        messages: { first: 24_690, count: 12_345 },
      }),
    ]
    const { traffic: fast } = testTraffic({ phases })
    expect(sharedMoments(fast, 37_035)).toEqual([])
  })
})

function sharedMoments(fast: Traffic, count: number): string[] {
  const seen = new Set<string>()
  const shared: string[] = []
  for (const event of eventsOf(fast, 0, count)) {
    if (event.type !== 'identify' && event.type !== 'group') continue
    const key = `${event.type} ${event.groupId ?? event.userId} ${event.timestamp}`
    if (seen.has(key)) shared.push(key)
    seen.add(key)
  }
  expect(seen.size).toBeGreaterThan(count / 20)
  return shared
}

function suffixOf(userId: string): string {
  return userId.slice(traffic.userIdPrefixes[0]!.length)
}

/** Every value that a receiver might know a person, a device, an order or an event by. */
function identifiersIn(all: readonly ParsedEvent[]): Set<string> {
  return new Set(
    all.flatMap((event) =>
      [
        event.messageId,
        event.userId ?? [],
        event.anonymousId ?? [],
        event.previousId ?? [],
        event.groupId ?? [],
        event.context.groupId ?? [],
        event.context.device?.id ?? [],
        event.context.device?.advertisingId ?? [],
        ...['email', 'phone'].flatMap((trait) => event.traits?.[trait] ?? []),
        ...['email', 'userId', 'anonymousId'].flatMap((trait) => event.context.traits?.[trait] ?? []),
        ...NAMING.flatMap((property) => event.properties?.[property] ?? []),
      ].flat(),
    ),
  )
}

const NAMING = [
  'email',
  'username',
  'order_id',
  'cart_id',
  'checkout_id',
  'wishlist_id',
  'review_id',
  'email_id',
  'conversation_id',
  'conversationId',
  'message_id',
  'messageId',
  'session_id',
]
