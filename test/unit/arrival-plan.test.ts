import { describe, expect, it } from 'vitest'
import { arrivalPlan, assertCapped } from '../../scenarios/k6/arrival-plan.ts'
import { livePhase, testPlan } from '../support/plans.ts'

const plan = testPlan({ phases: [livePhase(1000, 40)], mainPhase: 0 })

describe('the plan of an arrival rate', () => {
  it('has a message for each iteration that k6 may start, each once and by itself', () => {
    const { phases, delivery, retry } = arrivalPlan(plan, { SQUALL_RATE: '50/s', SQUALL_DURATION: '10s' })
    expect(phases).toMatchObject([
      { durationMs: 10_000, copies: { duplicateShare: 0, racingShare: 0 }, again: { count: 0 } },
    ])
    expect(phases[0]!.messages.count).toBeGreaterThan(503)
    expect([delivery.batchSize, retry.policy]).toEqual([0, 'none'])
  })

  it('ramps from stage to stage', () => {
    const { phases } = arrivalPlan(plan, { SQUALL_RATE: '5/s', SQUALL_STAGES: '10s:20/s,1m:20/s' })
    expect(phases[0]!.pace.pieces).toEqual([
      { fromMs: 0, toMs: 10_000, fromPerSecond: 5, toPerSecond: 20 },
      { fromMs: 10_000, toMs: 70_000, fromPerSecond: 20, toPerSecond: 20 },
    ])
  })

  it.each<[string, Record<string, string>, RegExp]>([
    ['a rate without a unit', { SQUALL_RATE: '50' }, /^SQUALL_RATE: 50 has no unit; write a rate/],
    ['a stage without a rate', { SQUALL_STAGES: '10s' }, /^SQUALL_STAGES: "" cannot be read; write a rate/],
    [
      'no length of time',
      { SQUALL_DURATION: 'long' },
      /^SQUALL_DURATION: "long" cannot be read; write a length of time/,
    ],
  ])('is none with %s', (_what, variables, complaint) => {
    expect(() => arrivalPlan(plan, variables)).toThrow(complaint)
  })

  it('stays within what a mere consent allows, or is refused', () => {
    assertCapped(arrivalPlan(plan, { SQUALL_RATE: '50/s', SQUALL_DURATION: '10m' }))
    for (const variables of [{ SQUALL_RATE: '51/s' }, { SQUALL_DURATION: '11m' }, { SQUALL_STAGES: '1s:60/s' }])
      expect(() => assertCapped(arrivalPlan(plan, variables))).toThrow(/--i-own allows 50 requests\/s for 10 minutes/)
  })
})
