import { describe, expect, test } from 'vitest'
import { trafficOf } from '../../generators/message.ts'
import { Linter } from '../../src/lint/linter.ts'
import { DEFAULT_MIX } from '../../src/model/mix.ts'
import { eventAt, type ParsedEvent, testCorpus, textAt } from '../support/events.ts'
import { livePhase, testHeader } from '../support/plans.ts'
import { streamTestPlan } from '../support/stream-plans.ts'

const COUNT = 2500
const plan = streamTestPlan({ phases: [livePhase(COUNT, 500)] })
const traffic = trafficOf(testCorpus, plan, testHeader(plan))
const texts = Array.from({ length: COUNT }, (_, index) => textAt(traffic, index))
const events: readonly ParsedEvent[] = texts.map((text) => JSON.parse(text))

/** What the HTTP API or Segment itself adds, and what only a library has. */
const FOREIGN = [
  'anonymousId',
  'receivedAt',
  'sentAt',
  'originalTimestamp',
  'projectId',
  'version',
  'integrations',
  'channel',
]

describe('what a Stream partner sends', () => {
  test('says who did what, when, and which tool tells it', () => {
    for (const event of events) {
      expect(event.userId).toMatch(/^sq_testrun1_/)
      expect(event.context.integration).toEqual({ name: 'a-tool', version: '1.0.0' })
      expect(event.context.aToolId).toMatch(/^[0-9a-f-]{36}$/)
      expect(event.context.squall).toEqual({ run: 'testrun1', synthetic: true })
      expect(FOREIGN.filter((member) => member in event)).toEqual([])
    }
  })

  test('shows the tool’s own id of a person in context alone, one for each userId', () => {
    const idOf = new Map(events.map(({ userId, context }) => [userId, context.aToolId]))
    expect(new Set(idOf.values()).size).toBe(idOf.size)
    for (const { userId, context } of events) expect(idOf.get(userId)).toBe(context.aToolId)
    for (const [i, { context }] of events.entries()) expect(texts[i]!.split(context.aToolId)).toHaveLength(2)
  })

  test('has each kind of call, and is of some 500 bytes on average', () => {
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['identify', 'track', 'page', 'screen', 'group', 'alias']),
    )
    const mean = texts.reduce((sum, text) => sum + text.length, 0) / COUNT
    expect(mean).toBeGreaterThan(400)
    expect(mean).toBeLessThan(650)
  })

  test('tells its index by its messageId, and its instant by its timestamp', () => {
    for (const [index, { messageId, timestamp, type }] of events.entries()) {
      expect(traffic.indexOf(messageId)).toBe(index)
      expect(traffic.messageIdAt(index)).toBe(messageId)
      expect(traffic.timestampMsAt(index)).toBe(Date.parse(timestamp))
      expect(traffic.typeAt(index)).toBe(type)
    }
  })

  test('happened before it is due, by no more than a few seconds', () => {
    const startMs = testHeader(plan).startedAtMs
    for (const [index, { timestamp }] of events.entries()) {
      const behindMs = startMs + index * 2 - Date.parse(timestamp)
      expect(behindMs).toBeGreaterThanOrEqual(0)
      expect(behindMs).toBeLessThan(5000)
    }
  })

  test('is the same when it is told again as history', () => {
    for (let index = 0; index < 200; index++) expect(textAt(traffic, index, 'replay')).toBe(texts[index])
  })

  test('leaves the rules of Streams nothing to say', () => {
    const linter = new Linter('stream')
    for (const [i, text] of texts.entries()) linter.take(text, i + 1)
    const { findings, events: seen } = linter.report()
    expect([findings, seen]).toEqual([[], COUNT])
  })

  test('may be of any mix: nobody in it is unknown', () => {
    const shop = streamTestPlan({ traffic: { mix: DEFAULT_MIX, people: 200, namespaces: 1 } })
    const shopTraffic = trafficOf(testCorpus, shop, testHeader(shop))
    for (let index = 0; index < 1000; index++) {
      const event = eventAt(shopTraffic, index)
      expect([event.userId?.startsWith('sq_testrun1_'), event.anonymousId]).toEqual([true, undefined])
    }
  })
})
