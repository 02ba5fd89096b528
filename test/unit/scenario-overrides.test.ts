import { describe, expect, test } from 'vitest'
import { planned, resolved, written } from '../support/scenarios.ts'

const TWO_PHASES = {
  name: 'two',
  main: 'live',
  phases: [
    { name: 'live', rate: '100/s', duration: '30s', duplicates: '25%' },
    { name: 'history', at: '10s', rate: '400/s', duration: '15s', replay: { again: { phase: 'live', share: '50%' } } },
  ],
}

describe('--rate', () => {
  test('is deliveries per second, copies included, and the other phases keep their proportion', () => {
    const { phases } = planned(TWO_PHASES, { rate: '200/s' })
    expect(phases.map(({ pace }) => pace.pieces[0]!.fromPerSecond)).toEqual([160, 800])
    expect(phases.map(({ durationMs }) => durationMs)).toEqual([30_000, 15_000])
  })

  test('is the highest rate of a curve', () => {
    const phases = [{ name: 'ramp', ramp: { from: '10/s', to: '40/s' }, duration: '10s' }]
    expect(planned({ name: 'x', phases }, { rate: '80/s' }).phases[0]!.pace.pieces[0]).toMatchObject({
      fromPerSecond: 20,
      toPerSecond: 80,
    })
  })

  test('makes a phase of so many events shorter, not fuller', () => {
    const phases = [{ name: 'smoke', rate: '10/s', events: 25 }]
    expect(planned({ name: 'x', phases }, { rate: '50/s' }).phases[0]).toMatchObject({
      durationMs: 500,
      messages: { count: 25 },
    })
  })
})

describe('--duration', () => {
  test('is that of the main phase, and the others move and stretch with it', () => {
    const { phases } = planned(TWO_PHASES, { duration: '60s' })
    expect(phases.map(({ startMs, durationMs }) => [startMs, durationMs])).toEqual([
      [0, 60_000],
      [20_000, 30_000],
    ])
    expect(phases.map(({ messages, again }) => messages.count + again.count)).toEqual([4800, 12_000])
  })

  test('changes the events of another phase in proportion, to the nearest whole', () => {
    const phases = [...written().phases, { name: 'side', rate: '1/s', events: 10 }]
    expect(planned({ name: 'x', phases }, { duration: '37.2s' }).phases[1]!.messages.count).toBe(12)
  })

  test('beats the events of the scenario and of its main phase', () => {
    expect(planned(written({ events: 7 }), { duration: '2s' }).phases[0]!.messages.count).toBe(200)
    const phases = [{ name: 'smoke', rate: '10/s', events: 25 }]
    expect(planned({ name: 'x', phases }, { duration: '5s' }).phases[0]!.messages.count).toBe(50)
  })
})

describe('--events', () => {
  test.each([1, 7, 999, 100_003])('%d is the count of distinct messages of the main phase, exactly', (events) => {
    expect(planned(written({}, { duplicates: '3%' }), { events }).phases[0]!.messages.count).toBe(events)
  })

  test('beats the durations, and the others keep their proportion', () => {
    const { phases } = planned(TWO_PHASES, { events: '4800' })
    expect(phases[0]).toMatchObject({ durationMs: 60_000, messages: { count: 4800 } })
    expect(phases[1]).toMatchObject({ startMs: 20_000, durationMs: 30_000, again: { count: 2400 } })
    expect(planned(written({ duration: '2s' }), { events: 50 }).phases[0]!.durationMs).toBe(500)
  })

  test('with --rate takes as long as both say', () => {
    expect(planned(written(), { events: 50, rate: '10/s' }).phases[0]!.durationMs).toBe(5000)
  })

  test('is exact for a main phase that also repeats, too', () => {
    const { phases } = planned({ ...TWO_PHASES, main: 'history' }, { events: 1000 })
    expect(phases[1]!.messages.count).toBe(1000)
  })

  test('counts all namespaces, each with the same messages', () => {
    expect(planned(written({ namespaces: 4 }), { events: 100 }).phases[0]!.messages.count).toBe(25)
    expect(() => planned(written({ namespaces: 4 }), { events: 101 })).toThrow('101 is no multiple of the 4 namespaces')
  })

  test('with --duration is refused', () => {
    expect(() => planned(written(), { events: 5, duration: '5s' })).toThrow('--events and --duration')
  })
})

describe('a flag', () => {
  test('wins over the scenario’s field, and what is not given changes nothing', () => {
    const scenario = written({ seed: 7, inFlight: 10, timeScale: 2, drain: '1s', settle: '1s', target: 'http://a/' })
    const flags = { seed: '8', inFlight: '20', timeScale: '0.5', drain: '2s', settle: '2s', target: 'http://b/' }
    const { plan, asks, target } = resolved(scenario, { ...flags, lanes: undefined })
    expect(plan).toMatchObject({ seed: 8, lanes: 64, retry: { timeScale: 0.5 } })
    expect(plan.delivery).toMatchObject({ inFlightMax: 20, drainMs: 2000 })
    expect([asks.settleMs, target]).toEqual([2000, 'http://b/'])
    expect(resolved(scenario, {})).toEqual(resolved(scenario))
  })

  test('--header takes the place of the scenario’s header of that name, and joins the others', () => {
    const scenario = written({ headers: { 'X-Key': 'old', Accept: 'text/plain' } })
    const { headers } = planned(scenario, { header: ['x-key: new:er', 'X-More:  1 '] }).delivery
    expect(headers).toEqual(['Accept', 'text/plain', 'x-key', 'new:er', 'X-More', '1'])
  })

  test('--skip joins what the scenario leaves out', () => {
    const { asks } = resolved(written({ skip: { unaltered: 'a' } }), { skip: { 'event-time': 'b' } })
    expect(asks.skipped).toEqual({ unaltered: 'a', 'event-time': 'b' })
    expect(asks.verdicts).toEqual(['no-loss', 'no-phantom', 'idempotent', 'accepts-valid'])
  })

  test.each([
    ['--rate', { rate: '500' }, '--rate: 500 has no unit; write a rate such as 500/s, 30/min or 100/h'],
    ['--duration', { duration: 'soon' }, '--duration: "soon" cannot be read'],
    ['--events', { events: '1.5' }, '--events: 1.5 is not a whole number'],
    ['--seed', { seed: 'seven' }, '--seed: "seven" is not a whole number'],
    ['--in-flight', { inFlight: '0' }, '--in-flight: 0 is not a whole number from 1'],
    ['--time-scale', { timeScale: '-1' }, '--time-scale: -1 is not a number above 0'],
    ['--profile', { profile: 'river' }, '--profile: "river" is not one of subscription'],
    ['--claim', { claim: '1e9' }, '--claim: "1e9" is no share'],
    ['--skip', { skip: { 'no-los': 'x' } }, '--skip: "no-los" is not one of'],
    ['--header', { header: ['Bearer secret'] }, "--header: one has no name; write 'Name: value'"],
    ['--header', { header: ['Host: a'] }, '--header: "Host" is not the name of a header that may be set'],
  ])('%s with a bad value is named', (_, flags, message) => {
    expect(() => planned(written(), flags)).toThrow(message)
  })
})
