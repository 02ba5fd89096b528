import { describe, expect, it, test } from 'vitest'
import { decide, meaningOf, meaningsOf } from '../../src/delivery/retry-policy.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import { classOfStatus } from '../../src/model/outcome.ts'
import type { RetryPlan } from '../../src/model/plan.ts'
import { testPlan } from '../support/plans.ts'

const policy = testPlan().retry
const WINDOW_MS = 4 * 3600 * 1000

function answered(status: number, retryAfter = ''): Outcome {
  return { class: classOfStatus(status), status, ambiguous: false, connectMs: -1, retryAfter, detail: '' }
}

const timedOut: Outcome = { class: 'timeout', status: 0, ambiguous: true, connectMs: -1, retryAfter: '', detail: '' }

/** Retries until the policy stops. @returns the delays */
function delaysOf(plan: RetryPlan, draw: number): number[] {
  const delays: number[] = []
  for (;;) {
    const waited = delays.reduce((sum, ms) => sum + ms, 0)
    const history = { attempts: delays.length + 1, elapsedMs: waited / plan.timeScale, delaysMs: waited }
    const decision = decide(plan, answered(503), history, draw)
    if (decision.next !== 'retry') return delays
    delays.push(decision.delayMs)
  }
}

describe('the segment retry policy', () => {
  it('makes nine retries whose nominal delays double and fill four hours', () => {
    const delays = delaysOf(policy, 0.5)
    expect(delays).toHaveLength(9)
    for (let i = 1; i < 9; i++) expect(delays[i]! / delays[i - 1]!).toBeCloseTo(2, 6)
    expect(delays[0]).toBeCloseTo(28_180, 0)
    expect(delays.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(WINDOW_MS, 3)
  })

  it('spreads each delay over a fifth to either side', () => {
    const first = { attempts: 1, elapsedMs: 0, delaysMs: 0 }
    expect(decide(policy, answered(500), first, 0).delayMs).toBeCloseTo(policy.firstDelayMs * 0.8, 6)
    expect(decide(policy, answered(500), first, 1).delayMs).toBeCloseTo(policy.firstDelayMs * 1.2, 6)
  })

  it('makes the retry that would fall after four hours at four hours, and none after it', () => {
    const delays = delaysOf(policy, 0.999)
    expect(delays.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(WINDOW_MS, 3)
    expect(delays.length).toBeLessThanOrEqual(9)
  })

  it('counts the time that attempts take towards the window only without a time scale', () => {
    const late = { attempts: 2, elapsedMs: WINDOW_MS + 1, delaysMs: 0 }
    expect(decide(policy, answered(503), late, 0.5).next).toBe('exhausted')
    expect(decide({ ...policy, timeScale: 1000 }, answered(503), late, 0.5).next).toBe('retry')
  })

  it('divides delays by the time scale', () => {
    const first = { attempts: 1, elapsedMs: 0, delaysMs: 0 }
    const { waitMs, delayMs } = decide({ ...policy, timeScale: 100 }, answered(503), first, 0.5)
    expect(waitMs).toBeCloseTo(delayMs / 100, 9)
  })

  it.each([
    [200, 'acked'],
    [202, 'acked'],
    [204, 'acked'],
    [301, 'rejected'],
    [307, 'rejected'],
    [400, 'rejected'],
    [401, 'rejected'],
    [402, 'rejected'],
    [403, 'rejected'],
    [404, 'rejected'],
    [408, 'retry'],
    [413, 'rejected'],
    [422, 'rejected'],
    [423, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [501, 'rejected'],
    [502, 'retry'],
    [503, 'retry'],
    [504, 'retry'],
  ])('takes %i as %s', (status, next) => {
    expect(decide(policy, answered(status), { attempts: 1, elapsedMs: 0, delaysMs: 0 }, 0.5).next).toBe(next)
  })

  it('retries what brought no status', () => {
    expect(decide(policy, timedOut, { attempts: 1, elapsedMs: 0, delaysMs: 0 }, 0.5).next).toBe('retry')
  })

  it('lets one status be meant otherwise than its class', () => {
    const plan: RetryPlan = { ...policy, statuses: { ...policy.statuses, '404': 'retry', '503': 'reject' } }
    const first = { attempts: 1, elapsedMs: 0, delaysMs: 0 }
    expect(decide(plan, answered(404), first, 0.5).next).toBe('retry')
    expect(decide(plan, answered(503), first, 0.5).next).toBe('rejected')
  })

  it('ignores Retry-After unless told to honour it, and never scales it', () => {
    const first = { attempts: 1, elapsedMs: 0, delaysMs: 0 }
    const scaled: RetryPlan = { ...policy, timeScale: 100_000 }
    expect(decide(scaled, answered(429, '7'), first, 0.5).waitMs).toBeLessThan(1000)
    expect(decide({ ...scaled, retryAfter: 'honour' }, answered(429, '7'), first, 0.5).waitMs).toBe(7000)
    expect(decide({ ...scaled, retryAfter: 'honour' }, answered(429, 'soon'), first, 0.5).waitMs).toBeLessThan(1000)
  })
})

test('what a status means is the same the second time it is asked for, under every policy', () => {
  for (const statuses of [policy.statuses, { '2xx': 'accept', '404': 'accept', '4xx': 'reject' }] as const) {
    const plan: RetryPlan = { ...policy, statuses }
    const remembered = meaningsOf(plan)
    for (let twice = 0; twice < 2; twice++) {
      for (let status = 0; status < 1000; status++) expect(remembered({ status })).toBe(meaningOf(plan, { status }))
    }
  }
})
