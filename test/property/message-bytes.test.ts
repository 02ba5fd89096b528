import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trafficOf } from '../../generators/message.ts'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import { eventAt, eventsOf, type ParsedEvent, testCorpus, testTraffic, textAt } from '../support/events.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'

const COUNT = 20_000
const { traffic, plan, header } = testTraffic({ phases: [livePhase(COUNT, 500)] })
const anIndex = fc.nat(COUNT - 1)

describe('the bytes of a message', () => {
  it('are the same for the same plan, header and index, whatever was asked for before', () => {
    fc.assert(
      fc.property(fc.array(anIndex, { minLength: 1, maxLength: 20 }), anIndex, (before, index) => {
        const other = trafficOf(testCorpus, plan, header)
        for (const earlier of before) other.messageAt(earlier, 'live')
        expect(textAt(other, index)).toBe(textAt(traffic, index))
      }),
      { numRuns: 30 },
    )
  })

  it('stay as they are when many more messages are made', () => {
    const first = traffic.messageAt(7, 'live')
    const before = new TextDecoder().decode(first.bytes)
    for (let i = 0; i < 2000; i++) traffic.messageAt(i, 'live')
    expect(new TextDecoder().decode(first.bytes)).toBe(before)
  })

  it('are what JSON.stringify makes of the parsed event, so that a receiver may sign them again', () => {
    for (let i = 0; i < 3000; i++) {
      const text = textAt(traffic, i)
      expect(JSON.stringify(JSON.parse(text))).toBe(text)
    }
  })

  it('change with the seed', () => {
    const other = trafficOf(testCorpus, testPlan({ ...plan, seed: 2 }), header)
    expect(textAt(other, 500)).not.toBe(textAt(traffic, 500))
  })

  it('have the envelope that their call has, and no other member', () => {
    for (const event of eventsOf(traffic, 0, 2000)) {
      const optional = new Set(['_metadata', 'anonymousId', 'userId'])
      const members = Object.keys(event).filter((member) => !optional.has(member))
      expect(members.sort()).toEqual([...COMMON, ...(OF_CALL[event.type] ?? ['no such call'])].sort())
      expect(event.context.squall).toEqual({ run: header.id, synthetic: true })
      expect(event.userId ?? event.anonymousId).toBeTypeOf('string')
      expect(event.version).toBe(2)
    }
  })

  it('differ between the live and the replay envelope in integrations alone', () => {
    fc.assert(
      fc.property(anIndex, (index) => {
        const { integrations: live, ...rest } = eventAt(traffic, index, 'live')
        const { integrations: replay, ...replayRest } = eventAt(traffic, index, 'replay')
        expect(replayRest).toEqual(rest)
        expect(replay).toEqual({ All: false, Squall: true })
        expect(live).not.toEqual(replay)
        const outside = (text: string) => text.replace(/"integrations":\{.*?\},"messageId"/, '')
        expect(outside(textAt(traffic, index, 'replay'))).toBe(outside(textAt(traffic, index, 'live')))
      }),
    )
  })

  it('differ between namespaces in identifiers alone', () => {
    for (let n = 0; n < 500; n++) {
      const here = textAt(traffic, n)
      const there = textAt(traffic, 3 * NAMESPACE_STRIDE + n)
      expect(there.length).toBe(here.length)
      expect(withoutIdentifiers(eventAt(traffic, 3 * NAMESPACE_STRIDE + n))).toEqual(
        withoutIdentifiers(eventAt(traffic, n)),
      )
    }
  })

  it('are refused for a message that the plan does not have', () => {
    expect(() => traffic.messageAt(COUNT, 'live')).toThrow(RangeError)
    expect(() => traffic.timestampMsAt(COUNT)).toThrow(RangeError)
  })

  it('are between 1.0 and 1.4 KB in the median, with a tail to almost 32 KB', () => {
    const sizes = Array.from({ length: COUNT }, (_, i) => traffic.messageAt(i, 'live').bytes.length).sort(
      (a, b) => a - b,
    )
    expect(sizes[COUNT / 2]).toBeGreaterThan(1000)
    expect(sizes[COUNT / 2]).toBeLessThan(1434)
    expect(sizes.at(-1)).toBeGreaterThan(20_000)
    expect(sizes.at(-1)).toBeLessThan(32_000)
  })
})

describe('a message', () => {
  it('says what its bytes say', () => {
    for (let i = 0; i < 300; i++) {
      const message = traffic.messageAt(i, 'live')
      const event = eventAt(traffic, i)
      expect(message.index).toBe(i)
      expect(message.type).toBe(event.type)
      expect(message.messageId).toBe(event.messageId)
      expect(traffic.messageIdAt(i)).toBe(event.messageId)
      expect(traffic.indexOf(event.messageId)).toBe(i)
    }
  })

  it('belongs to no other run', () => {
    const other = trafficOf(testCorpus, plan, testHeader(plan, { id: 'testrun2' }))
    for (let i = 0; i < 2000; i++) expect(other.indexOf(traffic.messageIdAt(i))).toBeUndefined()
  })
})

const COMMON = [
  'channel',
  'context',
  'integrations',
  'messageId',
  'originalTimestamp',
  'projectId',
  'receivedAt',
  'sentAt',
  'timestamp',
  'type',
  'version',
]
const OF_CALL: Readonly<Record<string, readonly string[]>> = {
  identify: ['traits'],
  track: ['event', 'properties'],
  page: ['name', 'category', 'properties'],
  screen: ['name', 'properties'],
  group: ['groupId', 'traits'],
  alias: ['previousId'],
}

const IDENTIFIERS = new Set([
  'messageId',
  'userId',
  'anonymousId',
  'previousId',
  'groupId',
  'email',
  'phone',
  'id',
  'advertisingId',
  'order_id',
  'cart_id',
  'checkout_id',
  'wishlist_id',
  'review_id',
  'email_id',
  'conversation_id',
  'conversationId',
  'message_id',
  'session_id',
  'username',
])

function withoutIdentifiers(event: ParsedEvent): unknown {
  return JSON.parse(JSON.stringify(event, (member, value) => (IDENTIFIERS.has(member) ? 'hidden' : value)))
}
