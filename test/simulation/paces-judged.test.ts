import { describe, expect, it } from 'vitest'
import type { Rehearsal } from '../../src/experiments/rehearse.ts'
import type { Prepared } from '../../src/run.ts'
import { readied, rehearsal, SOME_SEEDS, verdictsThat } from '../support/rehearsals.ts'

/** More than the declared rate. */
const declared = readied({
  settle: '1s',
  phases: [{ name: 'live', rate: '34/s', duration: '6s' }],
  declaredRate: '20/s',
  verdicts: ['rate-limits'],
})
/** The same, of who does not try long. */
const brief = readied({
  settle: '1s',
  phases: [{ name: 'live', rate: '24/s', duration: '6s' }],
  declaredRate: '20/s',
  retry: { retries: 1 },
  verdicts: ['rate-limits'],
})
/** Far below it, and retries that wait as they are told. */
const quiet = readied({
  settle: '1s',
  phases: [{ name: 'live', rate: '20/s', duration: '4s' }],
  declaredRate: '200/s',
  retry: { retryAfter: 'honour' },
  verdicts: ['rate-limits'],
})
const even = readied({
  settle: '1s',
  phases: [{ name: 'live', rate: '25/s', duration: '12s' }],
  verdicts: ['steady'],
})
const beside = readied({
  settle: '1s',
  main: 'live',
  phases: [
    { name: 'live', rate: '30/s', duration: '5s' },
    { name: 'history', at: '1s', rate: '60/s', duration: '3s', replay: { history: '400d' } },
  ],
  declaredRate: '100/s',
  retry: { retries: 2 },
  objectives: { 'live-under-replay': 'p95 < 500ms' },
  verdicts: ['replay-burst'],
})
const visible = readied({
  settle: '30s',
  phases: [{ name: 'live', rate: '80/s', duration: '4s' }],
  verdicts: ['visible-in-time'],
})

const unsaid = readied({
  settle: '1s',
  phases: [
    { name: 'live', rate: '40/s', duration: '3s' },
    { name: 'history', at: '1s', rate: '60/s', duration: '2s', replay: { history: '400d' } },
  ],
  verdicts: ['rate-limits', 'replay-burst'],
})
const tight = readied({
  settle: '6s',
  phases: [{ name: 'live', rate: '100/s', duration: '4s' }],
  verdicts: ['visible-in-time'],
})

function statuses({ report }: Rehearsal): string[] {
  return report.verdicts.map(({ status }) => status)
}

describe.each<[string, string, Prepared]>([
  ['rate-limits', 'slower-than-declared(8)', brief],
  ['rate-limits', 'low-declared-limit(10)', brief],
  ['rate-limits', 'lies-about-retry-after(5s)', quiet],
  ['steady', 'creeps(20ms)', even],
  ['live-under-replay', 'starves-live(2s)', beside],
  ['replay-burst', 'chokes-on-burst(40)', beside],
  ['visible-in-time', 'lags(60s)', visible],
])('%s', (verdict, fault, traffic) => {
  it(`catches a partner that ${fault} in each of many runs`, async () => {
    for (const seed of SOME_SEEDS) {
      expect(verdictsThat('fail', await rehearsal(traffic, seed, { faults: [fault] })), `seed ${seed}`).toContain(
        verdict,
      )
    }
  })
})

describe('a sound partner is blamed for nothing, and passes', () => {
  it.each<[string, Prepared, readonly string[]]>([
    ['that takes what it declares, and answers 429 to the rest', declared, ['low-declared-limit(20)']],
    ['that answers 429 first, then accepts', brief, ['429-then-accepts']],
    ['that is as fast as ever', even, []],
    ['that holds live traffic beside a replay', beside, []],
    ['that shows what it stored late, within the settle time', visible, ['visible-late(10s)']],
    ['that takes more than it declares', brief, []],
    ['that answers 503 first', brief, ['503-first-try']],
    ['that is slow, and takes its rate', brief, ['slow(4.5s)']],
    ['that is down for a while', even, ['status:503@5s-7s']],
    ['that deploys beside a replay', beside, ['deploys(20s)']],
    ['that shows what it stored at once', visible, []],
  ])('%s', async (_, traffic, faults) => {
    for (const seed of SOME_SEEDS) {
      const outcome = await rehearsal(traffic, seed, { faults })
      expect(new Set(statuses(outcome)), `seed ${seed}`).toEqual(new Set(['pass']))
    }
  })
})

it('trouble that comes with a replay and without it is no failure of live traffic', async () => {
  for (const seed of SOME_SEEDS) {
    expect(statuses(await rehearsal(beside, seed, { faults: ['status:503 5%'] })), `seed ${seed}`).not.toContain('fail')
  }
})

describe('what cannot be judged is unknown', () => {
  it.each<[string, Prepared, readonly string[], string]>([
    ['a rate that nobody declared', unsaid, [], 'no rate is declared'],
    ['a declared rate that nobody asked for', quiet, [], 'were asked for in 0 of 4 s'],
    ['a step in latency halfway', even, ['delay:300ms@6s-13s'], 'decides nothing'],
    ['a store that shows its events just before or just after their time', tight, ['visible-late(5s)'], 'may not have'],
  ])('%s', async (_, traffic, faults, claim) => {
    const { verdicts } = (await rehearsal(traffic, 1, { faults })).report
    for (const verdict of verdicts) {
      expect(verdict.status).toBe('unknown')
      expect(verdict.claim).toContain(claim)
    }
  })
})
