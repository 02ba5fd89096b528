import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import { indexAt, messageCount, ordinalOf } from '../../src/model/ordinal.ts'
import { replayPlan } from '../../src/scenario/replay-plan.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'

const corpus = makeCorpus(1, 40)
const { traffic: shape, ...rest } = testPlan()
const earlier = { ...rest, phases: [livePhase(120, 60)], traffic: { ...shape, people: 40, namespaces: 2 } }
const earlierHeader = { ...testHeader(earlier), id: 'earlier' }
const plan = replayPlan(earlier, { perSecond: 60, shuffleMs: 0, livePerSecond: 25 })
const replays = {
  runId: 'earlier',
  startedAtMs: earlierHeader.startedAtMs,
  endedAtMs: earlierHeader.startedAtMs + 1,
  sent: '',
  acked: '',
}
const header = { ...testHeader(plan), id: 'replay', startedAtMs: earlierHeader.startedAtMs + 86_400_000, replays }
const traffic = trafficOf(corpus, plan, header)
const before = trafficOf(corpus, earlier, earlierHeader)
const ordinal = fc.nat(messageCount(plan) - 1)
const utf8 = new TextDecoder()

test('the messages of both runs are numbered without gaps, and each id tells its number', () => {
  fc.assert(
    fc.property(ordinal, (one) => {
      const index = indexAt(plan, one)
      const { messageId, bytes, index: told } = traffic.messageAt(index, 'live')
      const event = JSON.parse(utf8.decode(bytes))
      expect(traffic.indexOf(messageId)).toBe(index)
      expect([told, event.messageId, traffic.messageIdAt(index)]).toEqual([index, messageId, messageId])
      expect([event.type, Date.parse(event.timestamp)]).toEqual([traffic.typeAt(index), traffic.timestampMsAt(index)])
    }),
    { numRuns: 300 },
  )
})

test('what is replayed is as it was, what is new carries the name of the new run alone', () => {
  fc.assert(
    fc.property(ordinal, (one) => {
      const index = indexAt(plan, one)
      const text = utf8.decode(traffic.messageAt(index, 'live').bytes)
      const isReplayed = ordinalOf(earlier, index) >= 0
      if (isReplayed) expect(text).toBe(utf8.decode(before.messageAt(index, 'live').bytes))
      expect([text.includes('"run":"earlier"'), text.includes('"run":"replay"')]).toEqual([isReplayed, !isReplayed])
    }),
    { numRuns: 300 },
  )
})

test('no user is of both runs', () => {
  const [replayed, own] = [new Set<number>(), new Set<number>()]
  for (let one = 0; one < messageCount(plan); one++) {
    const index = indexAt(plan, one)
    if (ordinalOf(earlier, index) >= 0) replayed.add(traffic.userAt(index))
    else own.add(traffic.userAt(index))
  }
  expect([...own].filter((user) => replayed.has(user))).toEqual([])
  expect(own.size).toBeGreaterThan(1)
})

test('an id that either run could have made and never planned is no message of the plan', () => {
  const longer = { ...earlier, phases: [livePhase(5000, 60)] }
  for (const run of [earlierHeader, { ...earlierHeader, id: 'replay' }]) {
    const stranger = trafficOf(corpus, longer, run).messageIdAt(400)
    expect(traffic.indexOf(stranger)).toBeUndefined()
  }
})
