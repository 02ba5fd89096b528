import { describe, expect, it } from 'vitest'
import type { Rehearsal } from '../../src/experiments/rehearse.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { readied, rehearsal, SOME_SEEDS } from '../support/rehearsals.ts'

const objectives = {
  latency: ['p50 < 100ms', 'p90 < 200ms from send'],
  throughput: '>= 40/s',
  'server-errors': '< 3%',
  'success-rate': '>= 95%',
}
const steady = readied({ phases: [{ name: 'live', rate: '60/s', duration: '2s' }], objectives, verdicts: [] })
const spike = readied({
  phases: [
    { name: 'before', rate: '30/s', duration: '2s' },
    { name: 'spike', rate: '150/s', duration: '1s' },
    { name: 'after', rate: '30/s', duration: '3s' },
  ],
  verdicts: ['retry-discipline'],
  objectives: { recovers: '< 5s' },
})

function verdictOf({ report }: Rehearsal, id: string): Verdict {
  return report.verdicts.find((verdict) => verdict.id === id)!
}

describe('objectives, in each of many runs', () => {
  it('are all kept by a sound partner', async () => {
    for (const seed of SOME_SEEDS) {
      const { verdicts } = (await rehearsal(steady, seed, { faults: ['lost-answer-stored 5%'] })).report
      expect(
        verdicts.map(({ id, status }) => [id, status]),
        `seed ${seed}`,
      ).toEqual(Object.keys(objectives).map((id) => [id, 'pass']))
    }
  })

  it.each([
    ['latency', 'slow(700ms)'],
    ['throughput', 'status:400@0s-9s'],
    ['server-errors', 'errors(35%)'],
    ['success-rate', 'status:400 40%'],
  ] as const)('%s is broken by a partner with %s', async (id, fault) => {
    for (const seed of SOME_SEEDS) {
      expect(verdictOf(await rehearsal(steady, seed, { faults: [fault] }), id).status, `seed ${seed}`).toBe('fail')
    }
  })
})

describe('an overload, in each of many runs', () => {
  it.each([
    ['400-on-overload(60)', { 'retry-discipline': 'fail', recovers: 'pass' }],
    ['429-on-overload(60)', { 'retry-discipline': 'pass', recovers: 'pass' }],
    ['never-recovers(60)', { 'retry-discipline': 'pass', recovers: 'fail' }],
  ] as const)('shows %s for what it is', async (fault, expected) => {
    for (const seed of SOME_SEEDS) {
      const { verdicts } = (await rehearsal(spike, seed, { faults: [fault] })).report
      const statuses = Object.fromEntries(verdicts.map(({ id, status }) => [id, status]))
      expect(statuses, `seed ${seed}`).toEqual(expected)
    }
  })

  it('is not why a partner refuses what it refuses again', async () => {
    const { status, claim } = verdictOf(await rehearsal(spike, 1, { faults: ['status:400'] }), 'retry-discipline')
    expect(status).toBe('pass')
    expect(claim).toContain('0 of 100 accepted when offered again')
  })
})

describe('what cannot be judged', () => {
  it('is said with the number of samples that would tell', async () => {
    const small = readied({
      phases: [{ name: 'live', rate: '10/s', duration: '3s' }],
      objectives: {
        latency: 'p99 < 500ms',
        'server-errors': '< 1%',
        'success-rate': '>= 99.9%',
        throughput: '>= 50/s',
      },
    })
    const outcome = await rehearsal(small, 1)
    const said = ['latency', 'server-errors', 'success-rate', 'throughput'].map((id) => verdictOf(outcome, id))
    expect(said.map(({ status }) => status)).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
    expect(said.map(({ fix }) => fix)).toEqual([
      'Send more: about 300 attempts would tell.',
      'Send more: about 300 attempts would tell.',
      'Send more: about 3 000 deliveries would tell.',
      'Offer at least 50/s: --rate 50/s.',
    ])
  })

  it('is recovery where nothing went wrong', async () => {
    expect(verdictOf(await rehearsal(spike, 1), 'recovers').status).toBe('unknown')
  })
})

describe('a second offer', () => {
  it('leaves the accounts as they are, and what it brought in must exist', async () => {
    const outcome = await rehearsal(spike, 1, { faults: ['400-on-overload(60)'] })
    const { counts, classes, audit, verdicts } = outcome.report
    expect(counts.rejected).toBe(classes['4xx'])
    expect(counts.attempts).toBe(counts.sent)
    const accepted = verdicts.find(({ id }) => id === 'retry-discipline')!.evidence.accepted
    expect(accepted).toBeGreaterThan(50)
    expect(audit.expected).toBe(counts.acked + Number(accepted))
    expect([audit.lost, audit.phantom, audit.rejectedFound]).toEqual([0, 0, 0])
    const { refused } = outcome.facts.standings
    expect(refused.count).toBe(counts.rejected)
  })
})

describe('a target that stalls for 30 s at full rate', () => {
  it.each(['hang@5s-35s', 'delay:4s@5s-35s'])('fails its latency: %s', async (fault) => {
    const full = readied({
      phases: [{ name: 'live', rate: '250/s', duration: '45s' }],
      objectives: { latency: 'p99 < 500ms' },
      verdicts: [],
    })
    const outcome = await rehearsal(full, 1, { faults: [fault] })
    expect(verdictOf(outcome, 'latency').status).toBe('fail')
    expect(outcome.report.generator.timing).toBe('sound')
  })
})
