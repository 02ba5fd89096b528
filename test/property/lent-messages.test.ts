import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import { FLAWS } from '../../src/model/flaws.ts'
import type { Envelope, Traffic } from '../../src/model/message.ts'
import { DEFAULT_MIX } from '../../src/model/mix.ts'
import { indexAt, messageCount } from '../../src/model/ordinal.ts'
import type { Plan } from '../../src/model/plan.ts'
import { replayPlan } from '../../src/scenario/replay-plan.ts'
import { plans } from '../support/arbitrary-plans.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'
import { TEST_STREAM } from '../support/stream-plans.ts'

const corpus = makeCorpus(1, 200)
const COUNT = 2000
const flaws = { names: FLAWS.map(({ name }) => name), share: 0.5 }
const flawed = testPlan({
  phases: [livePhase(COUNT, 500, { flaws })],
  traffic: { mix: DEFAULT_MIX, people: 200, namespaces: 2 },
})
const customers = { names: ['acme', 'globex'], keys: ['', ''], settings: ['{}', '{}'], collide: true }
const replays = {
  runId: 'earlier',
  startedAtMs: Date.UTC(2026, 0, 1),
  endedAtMs: Date.UTC(2026, 0, 2),
  sent: '',
  acked: '',
}

const RUNS: Readonly<Record<string, { readonly plan: Plan; readonly replays?: typeof replays }>> = {
  'a plain run': { plan: testPlan({ phases: [livePhase(COUNT, 500)] }) },
  'a run with flaws': { plan: flawed },
  'a replay that sends messages of its own': {
    plan: replayPlan(flawed, { perSecond: 500, shuffleMs: 0, livePerSecond: 100 }),
    replays,
  },
  'a run of two customers whose ids collide': {
    plan: { ...flawed, traffic: { ...flawed.traffic, customers } },
  },
  'a Stream partner’s run': {
    plan: testPlan({ profile: 'stream', stream: TEST_STREAM, phases: [livePhase(COUNT, 500)] }),
  },
}

const envelope = fc.constantFrom<Envelope>('live', 'replay')
const asked = fc.array(fc.tuple(fc.nat(), envelope, fc.boolean()), { minLength: 1, maxLength: 40 })

for (const [run, { plan, ...header }] of Object.entries(RUNS)) {
  const made = (): Traffic => trafficOf(corpus, plan, testHeader(plan, header))
  const kept = made()
  const indexOf = (nth: number): number => indexAt(plan, nth % messageCount(plan))

  describe(`of ${run}`, () => {
    test('a message that is lent is the one that is kept, whatever was asked for before', () => {
      const traffic = made()
      fc.assert(
        fc.property(asked, (all) => {
          for (const [nth, envelope, isLent] of all) {
            const index = indexOf(nth)
            const message = isLent ? traffic.lentAt(index, envelope) : traffic.messageAt(index, envelope)
            expectSame(message, kept.messageAt(index, envelope))
          }
        }),
        { numRuns: 60 },
      )
    })

    test('a message that is kept stays as it is however many are lent', () => {
      const traffic = made()
      fc.assert(
        fc.property(asked, (all) => {
          const messages = all.map(([nth, envelope, isLent]) => {
            const index = indexOf(nth)
            if (isLent) traffic.lentAt(index, envelope)
            const message = traffic.messageAt(index, envelope)
            return { message, was: Uint8Array.from(message.bytes) }
          })
          for (const { message, was } of messages) expect(message.bytes).toEqual(was)
        }),
        { numRuns: 30 },
      )
    })

    test('a message that is lent stays as it is until the next one is lent, whatever else is asked', () => {
      const traffic = made()
      fc.assert(
        fc.property(fc.nat(), envelope, asked, (nth, envelope, others) => {
          const message = traffic.lentAt(indexOf(nth), envelope)
          const was = Uint8Array.from(message.bytes)
          for (const [other, otherEnvelope] of others) {
            const index = indexOf(other)
            traffic.messageAt(index, otherEnvelope)
            traffic.flawAt(index)
            traffic.timestampMsAt(index)
            traffic.indexOf(traffic.messageIdAt(index))
          }
          expect(message.bytes).toEqual(was)
        }),
        { numRuns: 30 },
      )
    })
  })
}

test('of any plan lent messages are the kept ones', () => {
  fc.assert(
    fc.property(plans, fc.array(fc.nat(), { maxLength: 20 }), (plan, places) => {
      const count = messageCount(plan)
      const traffic = trafficOf(corpus, plan, testHeader(plan))
      for (const place of count === 0 ? [] : places) {
        const index = indexAt(plan, place % count)
        expectSame(traffic.lentAt(index, 'live'), traffic.messageAt(index, 'live'))
      }
    }),
    { numRuns: 60 },
  )
})

function expectSame(one: ReturnType<Traffic['lentAt']>, other: ReturnType<Traffic['messageAt']>): void {
  expect([one.index, one.messageId, one.type]).toEqual([other.index, other.messageId, other.type])
  expect(one.bytes).toEqual(other.bytes)
}
