import { describe, expect, test } from 'vitest'
import { DEFAULT_MIX, MIXES } from '../../src/model/mix.ts'
import { NO_OBJECTIVES } from '../../src/model/objectives.ts'
import { planned, resolved, written } from '../support/scenarios.ts'

describe('what the author leaves out', () => {
  test('is decided, all of it', () => {
    expect(resolved(written())).toEqual({
      plan: {
        format: 1,
        scenario: 'test',
        seed: 1,
        generator: { version: '1', corpusDigest: '' },
        profile: 'subscription',
        lanes: 64,
        traffic: { mix: DEFAULT_MIX, people: 1000, namespaces: 1 },
        phases: [
          {
            name: 'live',
            startMs: 0,
            durationMs: 30_000,
            pace: { arrivals: 'even', pieces: [{ fromMs: 0, toMs: 30_000, fromPerSecond: 100, toPerSecond: 100 }] },
            messages: { first: 0, count: 3000 },
            again: { first: 0, count: 0 },
            envelope: 'live',
            historyMs: 0,
            copies: { duplicateShare: 0, lagMeanMs: 1000, racingShare: 0 },
            shuffleMs: 0,
            expects: 'accepted',
            credentials: 'own',
            signature: 'right',
            flaws: { names: [], share: 0 },
          },
        ],
        mainPhase: 0,
        warmUpMs: 3000,
        delivery: {
          timeoutMs: 5000,
          inFlightMax: 512,
          connections: 64,
          catchUpPerSecond: 1000,
          attemptsPerSecondMax: 0,
          drainMs: 120_000,
          warmRequests: 25_000,
          method: 'POST',
          batchSize: 0,
          headers: [],
        },
        retry: {
          policy: 'segment',
          retriesMax: 9,
          firstDelayMs: 14_400_000 / 511,
          jitter: 0.2,
          windowMs: 14_400_000,
          timeScale: 1,
          retryAfter: 'ignore',
          statuses: {
            '2xx': 'accept',
            '3xx': 'reject',
            '4xx': 'reject',
            '408': 'retry',
            '423': 'retry',
            '429': 'retry',
            '5xx': 'retry',
            '501': 'reject',
          },
        },
      },
      asks: {
        verdicts: ['no-loss', 'no-phantom', 'idempotent', 'unaltered', 'event-time', 'accepts-valid'],
        skipped: {},
        claim: 0,
        settleMs: 30_000,
        objectives: NO_OBJECTIVES,
      },
      partner: { faults: [], tls: false, apiKeys: [] },
      access: {},
      engine: 'node',
      target: undefined,
      receipts: undefined,
      restart: undefined,
      state: undefined,
    })
  })

  test('keeps warm-up to five seconds, and to a tenth of a short main phase', () => {
    expect(planned(written({}, { duration: '10min' })).warmUpMs).toBe(5000)
    expect(planned(written({}, { duration: '20s' })).warmUpMs).toBe(2000)
    expect(planned(written({ warmUp: '1h' }, { duration: '20s' })).warmUpMs).toBe(20_000)
  })

  test('lets squall catch up at twice the peak rate, and never below 1000/s', () => {
    const phases = [
      { name: 'a', rate: '600/s', duration: '10s' },
      { name: 'b', at: '5s', ramp: { from: '0/s', to: '1000/s' }, duration: '10s' },
      { name: 'c', at: '15s', rate: '700/s', duration: '10s' },
    ]
    expect(planned({ name: 'x', phases }).delivery.catchUpPerSecond).toBeCloseTo(2 * 1100, 6)
    expect(planned({ name: 'x', phases, catchUp: '50/s' }).delivery.catchUpPerSecond).toBe(50)
  })

  test('makes the drain as long as retries and their attempts can take, two minutes at most', () => {
    expect(planned(written({ timeScale: 600 })).delivery.drainMs).toBe(14_400_000 / 600 + 10 * 5000)
    expect(planned(written({ retry: { policy: 'none' } })).delivery.drainMs).toBe(5000)
    expect(planned(written({ timeScale: 600, drain: '3s' })).delivery.drainMs).toBe(3000)
    const short = { retries: 2, firstDelay: '1s', jitter: 0 }
    expect(planned(written({ retry: short })).delivery.drainMs).toBe(3000 + 3 * 5000)
  })
})

describe('a diurnal pace', () => {
  test('rises and falls over a day that fills the phase, up to the rate', () => {
    const { phases } = planned(written({ phases: [{ name: 'day', rate: '100/s', duration: '48s', pace: 'diurnal' }] }))
    const { pieces } = phases[0]!.pace
    expect(pieces.length).toBe(24)
    expect(pieces.at(-1)!.toMs).toBe(48_000)
    expect(pieces[20]!.fromPerSecond).toBe(100)
    expect(pieces[3]!.fromPerSecond).toBe(10)
    expect(phases[0]!.messages.count).toBeGreaterThan(2000)
    expect(phases[0]!.messages.count).toBeLessThan(3500)
  })
})

describe('a mix', () => {
  test('is known by its name, or told journey by journey', () => {
    expect(planned(written({ mix: 'ecommerce' })).traffic.mix).toEqual(MIXES.ecommerce)
    expect(planned(written({ mix: { shopping: 2, erasure: 1 } })).traffic.mix).toEqual({ shopping: 2, erasure: 1 })
  })
})

describe('what the author says', () => {
  test('stands in the plan', () => {
    const { plan, ...rest } = resolved(
      written({
        seed: 7,
        people: 50,
        lanes: 8,
        connections: 4,
        inFlight: 9,
        timeout: '2s',
        warmRequests: 0,
        headers: { Authorization: 'Basic abc', 'X-A': '1' },
        target: 'http://127.0.0.1:8080/',
        receipts: 'file:receipts.ndjson',
        state: 'file:state.ndjson',
        stateRule: 'event-time',
        settle: '5s',
        claim: '0.1%',
        verdicts: ['no-loss', 'unaltered', 'no-loss'],
        skip: { unaltered: 'the store keeps no bodies' },
        partner: { faults: ['status:503 3%'] },
      }),
    )
    expect(plan).toMatchObject({ seed: 7, lanes: 8, traffic: { mix: DEFAULT_MIX, people: 50 } })
    expect(plan.delivery).toMatchObject({ connections: 4, inFlightMax: 9, timeoutMs: 2000, warmRequests: 0 })
    expect(plan.delivery.headers).toEqual(['Authorization', 'Basic abc', 'X-A', '1'])
    expect(rest).toEqual({
      asks: {
        verdicts: ['no-loss'],
        skipped: { unaltered: 'the store keeps no bodies' },
        claim: 0.001,
        settleMs: 5000,
        objectives: NO_OBJECTIVES,
        stateRule: 'event-time',
      },
      partner: { faults: ['status:503 3%'], tls: false, apiKeys: [] },
      access: {},
      engine: 'node',
      target: 'http://127.0.0.1:8080/',
      receipts: 'file:receipts.ndjson',
      state: 'file:state.ndjson',
    })
  })

  test('about one status leaves the others, and about a class takes our exceptions with it', () => {
    const statusesWith = (statuses: object) => planned(written({ retry: { statuses } })).retry.statuses
    expect(statusesWith({ 501: 'retry' })).toMatchObject({ 501: 'retry', 429: 'retry', '5xx': 'retry' })
    expect(statusesWith({ '4xx': 'retry' })).toEqual({
      '2xx': 'accept',
      '3xx': 'reject',
      '4xx': 'retry',
      '5xx': 'retry',
      '501': 'reject',
    })
  })
})

describe('a phase', () => {
  test('has a rate of deliveries; that of its first copies leaves room for the others and for the namespaces', () => {
    const [phase] = planned(written({ namespaces: 4 }, { rate: '100/s', duplicates: '20%', racing: '5%' })).phases
    expect(phase!.pace.pieces[0]!.fromPerSecond).toBe(20)
    expect(phase!.messages.count).toBe(600)
    expect(phase!.copies).toEqual({ duplicateShare: 0.2, racingShare: 0.05, lagMeanMs: 1000 })
  })

  test('may ramp, and may go in steps', () => {
    const ramp = { name: 'ramp', ramp: { from: '0/s', to: '60/min' }, duration: '10s' }
    const steps = [
      { rate: '10/s', duration: '2s' },
      { rate: '0/s', duration: '1s' },
      { rate: '20/s', duration: '2s' },
    ]
    const [first, second] = planned({ name: 'x', phases: [ramp, { name: 'steps', steps }] }).phases
    expect(first!.pace.pieces).toEqual([{ fromMs: 0, toMs: 10_000, fromPerSecond: 0, toPerSecond: 1 }])
    expect(second!.pace.pieces).toEqual([
      { fromMs: 0, toMs: 2000, fromPerSecond: 10, toPerSecond: 10 },
      { fromMs: 2000, toMs: 3000, fromPerSecond: 0, toPerSecond: 0 },
      { fromMs: 3000, toMs: 5000, fromPerSecond: 20, toPerSecond: 20 },
    ])
    expect(second).toMatchObject({ startMs: 10_000, durationMs: 5000, messages: { first: 5, count: 60 } })
  })

  test('with so many events takes the time that they need', () => {
    const phases = [{ name: 'ramp', ramp: { from: '0/s', to: '10/s' }, events: 25 }]
    expect(planned({ name: 'x', phases }).phases[0]).toMatchObject({ durationMs: 5000, messages: { count: 25 } })
  })

  test('that replays comes in the replay envelope, repeats what it is told to, and has the rest of its time for its own', () => {
    const history = { name: 'history', at: '10s', rate: '400/s', duration: '15s', shuffle: '1s' }
    const replay = { history: '400d', again: { phase: 'live', share: '50%' } }
    const [, phase] = planned({ ...written(), phases: [...written().phases, { ...history, replay }] }).phases
    expect(phase).toMatchObject({
      startMs: 10_000,
      envelope: 'replay',
      historyMs: 400 * 86_400_000,
      messages: { first: 3000, count: 4500 },
      again: { first: 0, count: 1500 },
      shuffleMs: 1000,
    })
  })

  test('that is shuffled in full is so over its own length, however long it becomes', () => {
    const scenario = written({ namespaces: 3, duration: '20s' }, { shuffle: 'full' })
    expect(planned(scenario).phases[0]).toMatchObject({ durationMs: 20_000, shuffleMs: 20_000 })
  })

  test('into which not one event fits is refused', () => {
    expect(() => planned(written({}, { rate: '1/h' }))).toThrow(
      'phases[0]: not one event fits; make it longer or faster',
    )
  })

  test('whose rate is 0 throughout is refused', () => {
    const still = { name: 'still', ramp: { from: '0/s', to: '0/s' }, duration: '10s' }
    for (const flags of [{}, { rate: '5/s' }, { events: 5 }]) {
      expect(() => planned({ name: 'x', phases: [still] }, flags)).toThrow('phases[0]: its rate is 0 throughout')
    }
  })

  test('that has to repeat more than it has time for is refused', () => {
    const short = { name: 'short', rate: '1/s', duration: '10s', replay: { again: { phase: 'live' } } }
    expect(() => planned({ name: 'x', phases: [...written().phases, short] })).toThrow(
      'phases[1].replay.again: 3000 messages that come again do not fit into the 10',
    )
  })

  test('with more messages than can be numbered is refused', () => {
    expect(() => planned(written({}, { rate: '1000000/s', duration: '3650d' }))).toThrow('too many messages')
  })
})
