import { describe, expect, test } from 'vitest'
import { copyCountsOf } from '../../generators/schedule/schedule.ts'
import { planned, resolved, written } from '../support/scenarios.ts'

describe('a profile', () => {
  test.each([
    ['subscription', 5000],
    ['webhook', 5000],
    ['actions', 10_000],
  ])('%s waits %i ms for an answer, unless the author says otherwise', (profile, timeoutMs) => {
    expect(planned(written({ profile })).delivery.timeoutMs).toBe(timeoutMs)
    expect(planned(written({ profile, timeout: '1s' })).delivery.timeoutMs).toBe(1000)
  })

  test('sends single events by POST, and with actions as the author says', () => {
    expect(planned(written({ profile: 'actions' })).delivery).toMatchObject({ method: 'POST', batchSize: 0 })
    const flags = { profile: 'actions', method: 'PATCH', batch: '100' }
    expect(planned(written(), flags).delivery).toMatchObject({ method: 'PATCH', batchSize: 100 })
  })

  test.each([
    [{ profile: 'webhook', method: 'PUT' }, 'sends by POST alone'],
    [{ method: 'PATCH' }, 'sends by POST alone'],
    [{ profile: 'webhook', batch: 10 }, 'sends one event a request'],
    [{ sharedSecret: 'env:S' }, 'a subscription signs nothing'],
    [{ profile: 'actions', apiKey: 'env:K' }, 'has no API key'],
  ])('refuses what it cannot do: %o', (fields, message) => {
    expect(() => resolved(written(fields))).toThrow(message)
  })

  test('keeps the place of its secret out of the plan', () => {
    const { plan, access } = resolved(written({ profile: 'webhook' }), { sharedSecret: 'env:SECRET_PLACE' })
    expect(access.sharedSecret).toBe('env:SECRET_PLACE')
    expect(JSON.stringify(plan)).not.toContain('SECRET_PLACE')
  })

  test('does not show what was written in place of the place of a secret', () => {
    const wrong = (): unknown => resolved(written({ profile: 'webhook' }), { sharedSecret: 'hunter2' })
    expect(wrong).toThrow('--shared-secret: must name a place')
    expect(wrong).not.toThrow('hunter2')
  })
})

describe('with batches', () => {
  test('a rate is one of requests, and events are events', () => {
    const batches = { profile: 'actions', batch: 10 }
    const plan = planned(written(batches))
    expect(plan.phases[0]!.messages.count).toBe(30_000)
    expect(copyCountsOf(plan).first).toBeGreaterThanOrEqual(3000)
    expect(copyCountsOf(plan).first).toBeLessThan(3200)
    const few = planned(written({ ...batches, events: 1000 }))
    expect([few.phases[0]!.messages.count, few.phases[0]!.durationMs]).toEqual([1000, 1000])
  })

  test('there are as many lanes as full batches allow, unless the author says how many', () => {
    const batches = { profile: 'actions', batch: 10 }
    expect(planned(written(batches)).lanes).toBe(64)
    expect(planned(written({ ...batches, events: 1000 })).lanes).toBe(10)
    expect(planned(written({ ...batches, events: 1 })).lanes).toBe(1)
    expect(planned(written({ ...batches, events: 1000, lanes: 7 })).lanes).toBe(7)
  })

  test('catching up is counted in requests as well', () => {
    expect(planned(written({ profile: 'actions', batch: 10, rate: '1000/s' })).delivery.catchUpPerSecond).toBe(2000)
  })
})
