import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../src/delivery/retry-policy.ts'
import { classOfStatus, type Outcome } from '../../src/model/outcome.ts'
import { attemptsMax, type RetryPlan } from '../../src/model/plan.ts'
import { RETRY_LIBRARY_NAMES } from '../../src/scenario/retry-libraries.ts'
import { retryPlanOf, retryTailMs } from '../../src/scenario/retry-plan.ts'
import type { Scenario } from '../../src/scenario/schema.ts'
import { livePhase, testPlan } from '../support/plans.ts'
import { Playground } from '../support/playground.ts'

const planOf = (retry: Scenario['retry'], profile: Scenario['profile'] = 'stream'): RetryPlan =>
  retryPlanOf({ name: 'x', phases: [], profile: profile!, ...(retry && { retry }) })

function answered(status: number, more: Partial<Outcome> = {}): Outcome {
  const outcome = { class: classOfStatus(status), status, ambiguous: false, connectMs: -1, retryAfter: '', detail: '' }
  return { ...outcome, ...more }
}

/** The delays before retries that all meet a 503, in seconds. */
function delaysS(retry: RetryPlan, draw: number): number[] {
  const delays: number[] = []
  for (;;) {
    const delaysMs = delays.reduce((sum, s) => sum + s * 1000, 0)
    const decision = decide(retry, answered(503), { attempts: delays.length + 1, elapsedMs: delaysMs, delaysMs }, draw)
    if (decision.next !== 'retry') return delays
    delays.push(decision.delayMs / 1000)
  }
}

describe('the retries of a library', () => {
  it.each<[(typeof RETRY_LIBRARY_NAMES)[number], number[], number[]]>([
    ['analytics-node', [1, 2, 4, 8, 16, 32, 60, 60, 60, 60], [1.5, 3, 6, 12, 24, 48, 60, 60, 60, 60]],
    ['analytics.js', [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60], [0.525, 1.05, 2.1, 4.2, 8.4, 16.8, 33.6, 60, 60, 60]],
    ['analytics-node-legacy', [0.1, 0.2], [0.1, 0.2]],
    ['python', [0, 0.5, 1, 2, 4, 8, 16, 32, 60, 60], [0, 0.525, 1.05, 2.1, 4.2, 8.4, 16.8, 33.6, 60, 60]],
    ['go', [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10], [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10]],
    ['c++', [1, 1, 1, 1], [1, 1, 1, 1]],
    ['php', [0.1, 0.2, 0.4, 0.8, 1.6, 3.2], [0.1, 0.2, 0.4, 0.8, 1.6, 3.2]],
  ])('%s come when that library makes them', (library, least, middle) => {
    const retry = planOf({ library })
    expect(delaysS(retry, 0).map(rounded)).toEqual(least)
    expect(delaysS(retry, 0.5).map(rounded)).toEqual(middle)
  })

  it('are analytics-node’s where a Stream partner says nothing, and Segment’s elsewhere', () => {
    expect(planOf(undefined)).toMatchObject({ policy: 'library', library: 'analytics-node' })
    expect(planOf(undefined, 'subscription')).toMatchObject({ policy: 'segment', retriesMax: 9 })
    expect(planOf({ policy: 'none' })).toMatchObject({ policy: 'none', retriesMax: 0 })
  })

  it('give way to what the author says, and stand beside no other policy', () => {
    const retry = planOf({ library: 'go', retries: 2, firstDelay: '5s', statuses: { '4xx': 'reject' } })
    expect(retry).toMatchObject({ retriesMax: 2, firstDelayMs: 5000, statuses: { '4xx': 'reject', '5xx': 'retry' } })
    expect(() => planOf({ library: 'go', policy: 'segment' })).toThrow(/either go’s or of policy segment/)
  })

  it.each([
    [408, 'retry'],
    [410, 'retry'],
    [429, 'retry'],
    [460, 'retry'],
    [500, 'retry'],
    [503, 'retry'],
    [400, 'rejected'],
    [401, 'rejected'],
    [413, 'rejected'],
    [501, 'rejected'],
    [505, 'rejected'],
    [511, 'rejected'],
    [302, 'rejected'],
    [200, 'acked'],
  ])('of analytics-node take %i as %s', (status, next) => {
    expect(decide(planOf(undefined), answered(status), { attempts: 1, elapsedMs: 0, delaysMs: 0 }, 0).next).toBe(next)
  })

  it.each(RETRY_LIBRARY_NAMES)('of %s end, and within the tail that a drain is planned by', (library) => {
    const retry = planOf({ library })
    const drawn = delaysS(retry, 0.999_999)
    expect(drawn).toHaveLength(retry.retriesMax)
    const sumMs = drawn.reduce((sum, s) => sum + s * 1000, 0)
    expect(sumMs).toBeLessThanOrEqual(retryTailMs(retry, 10_000))
  })
})

describe('a wait that a 429 asks for', () => {
  const node = planOf(undefined)
  const first = { attempts: 1, elapsedMs: 0, delaysMs: 0 }

  it('is waited out as it stands, up to 300 s, and uses up no retry', () => {
    expect(decide(node, answered(429, { retryAfter: '7' }), first, 0.5)).toEqual(free(7000))
    expect(decide(node, answered(429, { retryAfter: '9000' }), first, 0.5)).toEqual(free(300_000))
    expect(decide(node, answered(429, { retryAfter: '0' }), first, 0.5)).toEqual(free(1000))
    expect(decide(node, answered(429), first, 0)).toMatchObject({ waitMs: 1000, delayMs: 1000 })
  })

  it('of another answer is the least that is waited, and is a retry like any other', () => {
    expect(decide(node, answered(503, { retryAfter: '7' }), first, 0)).toMatchObject({ waitMs: 7000, delayMs: 1000 })
  })

  it('is asked for twenty times more than there are retries, and then no more', async () => {
    const ground = await played(node, () => ({ status: 429, class: '4xx', retryAfter: '2' }))
    expect(ground.attempts).toHaveLength(31)
    expect(ground.attempts.at(-1)!.next).toBe('exhausted')
  })

  it('may stand in X-RateLimit-Reset, where Retry-After says nothing', async () => {
    const reset = await played(node, (nth) => (nth > 0 ? {} : { status: 429, class: '4xx', rateLimitReset: '9' }))
    expect(reset.sentAtMs[1]! - reset.sentAtMs[0]!).toBeCloseTo(9001, 3)
    const both = await played(node, (nth) =>
      nth > 0 ? {} : { status: 429, class: '4xx', retryAfter: '3', rateLimitReset: '9' },
    )
    expect(both.sentAtMs[1]! - both.sentAtMs[0]!).toBeCloseTo(3001, 3)
  })

  it('stands there for nobody but a Stream partner: elsewhere the header means many things', async () => {
    const retry = { ...testPlan().retry, retryAfter: 'honour' } as const
    const ground = await played(retry, (nth) => (nth > 0 ? {} : { status: 429, class: '4xx', rateLimitReset: '9000' }))
    expect(ground.sentAtMs[1]! - ground.sentAtMs[0]!).toBeLessThan(60_000)
    expect(ground.attempts[0]).not.toHaveProperty('retryAfterS')
  })
})

describe('whatever the API answers, a library', () => {
  const outcomes = fc.array(
    fc.record({
      status: fc.constantFrom(200, 400, 408, 429, 500, 503),
      retryAfter: fc.constantFrom('', '', '0', '2', '7', 'soon'),
      rateLimitReset: fc.constantFrom(undefined, '3', '1790000000'),
    }),
    { minLength: 1, maxLength: 40 },
  )

  it('ends each delivery, within its attempts, and never comes back before it was asked to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...RETRY_LIBRARY_NAMES), outcomes, async (library, answers) => {
        const retry = { ...planOf({ library }), timeScale: 1000 }
        const said = (nth: number) => answers[Math.min(nth, answers.length - 1)]!
        const { attempts, sentAtMs } = await played(retry, (nth) => outcomeOf(said(nth)))
        expect(attempts.length).toBeLessThanOrEqual(attemptsMax(retry))
        expect(attempts.filter(({ next }) => next !== 'retry')).toHaveLength(1)
        for (let i = 1; i < sentAtMs.length; i++) {
          const { status, retryAfter } = said(i - 1)
          const askedMs =
            retry.retryAfter === 'honour' && /^\d+$/.test(retryAfter) ? Math.min(300, +retryAfter) * 1000 : 0
          expect([status, sentAtMs[i]! - sentAtMs[i - 1]!]).toEqual([status, expect.toSatisfy((ms) => ms >= askedMs)])
        }
      }),
      { numRuns: 60 },
    )
  })
})

function outcomeOf({
  status,
  rateLimitReset,
  ...said
}: {
  status: number
  retryAfter: string
  rateLimitReset: string | undefined
}) {
  return { ...said, status, class: classOfStatus(status), ...(rateLimitReset && { rateLimitReset }) }
}

/** One delivery, to its end. */
async function played(retry: RetryPlan, answer: (nth: number) => Partial<Outcome>): Promise<Playground> {
  const { delivery } = testPlan()
  const plan = { phases: [livePhase(1, 1)], retry, delivery: { ...delivery, drainMs: 1e9 } }
  const ground = new Playground(plan, (nth) => ({ afterMs: 1, outcome: answer(nth) }))
  await ground.run()
  return ground
}

const free = (waitMs: number) => ({ next: 'retry', waitMs, delayMs: 0, free: true })
const rounded = (n: number): number => Math.round(n * 10_000) / 10_000
