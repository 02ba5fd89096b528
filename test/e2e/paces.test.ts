import { describe, expect, it } from 'vitest'
import type { Prepared } from '../../src/run.ts'
import { realRun } from '../support/real-run.ts'
import { readied } from '../support/rehearsals.ts'

const declared = readied({
  settle: '300ms',
  phases: [{ name: 'live', rate: '40/s', duration: '3s' }],
  declaredRate: '40/s',
  retry: { policy: 'none' },
  timeout: '500ms',
  verdicts: ['rate-limits'],
})
const quiet = readied({
  settle: '300ms',
  phases: [{ name: 'live', rate: '40/s', events: 30 }],
  declaredRate: '400/s',
  retry: { retryAfter: 'honour', retries: 2 },
  verdicts: ['rate-limits'],
})
const even = readied({
  settle: '300ms',
  phases: [{ name: 'live', rate: '200/s', duration: '1500ms' }],
  // What creeps on is never in time again.
  retry: { policy: 'none' },
  verdicts: ['steady'],
})
const beside = readied({
  settle: '300ms',
  main: 'live',
  phases: [
    { name: 'live', rate: '40/s', duration: '2s' },
    { name: 'history', at: '500ms', rate: '120/s', duration: '1s', replay: { history: '400d' } },
  ],
  declaredRate: '200/s',
  retry: { policy: 'none' },
  timeout: '1s',
  objectives: { 'live-under-replay': 'p90 < 300ms' },
  verdicts: ['replay-burst'],
})
const phases = [{ name: 'live', rate: '500/s', duration: '700ms' }]
const soonRead = readied({ settle: '1s', phases, verdicts: ['visible-in-time'] })
const read = readied({ settle: '1m', phases, verdicts: ['visible-in-time'] })

describe.concurrent('on real sockets, too,', () => {
  it.each<[string, string, Prepared]>([
    ['rate-limits', 'slower-than-declared(8)', declared],
    ['rate-limits', 'lies-about-retry-after(5s)', quiet],
    ['steady', 'creeps(400ms)', even],
    ['live-under-replay', 'starves-live(600ms)', beside],
    ['replay-burst', 'chokes-on-burst(40)', beside],
    ['visible-in-time', 'lags(60s)', soonRead],
  ])('%s fails a partner that %s', async (id, fault, traffic) => {
    const { verdicts, generator } = await realRun(traffic, 'broken', [fault], 1)
    // A machine that is too busy to keep time shows nothing, and says so.
    const expected = id !== 'visible-in-time' && generator.timing === 'doubtful' ? /fail|unknown/ : /fail/
    expect(verdicts.find((verdict) => verdict.id === id)!.status).toMatch(expected)
  })

  it('visible-in-time passes a partner that shows its events late, within the settle time', async () => {
    const { verdicts } = await realRun(read, 'sound', ['visible-late(200ms)'], 1)
    expect(verdicts.find(({ id }) => id === 'visible-in-time')).toMatchObject({ status: 'pass' })
  })
})
