import { describe, expect, test } from 'vitest'
import { CONDITIONS } from '../../src/experiments/prove/conditions.ts'
import { EXPERIMENTS } from '../../src/experiments/prove/experiments.ts'
import { VERDICTS } from '../../src/scenario/verdicts.ts'
import { EVERYTHING, suitePlan } from '../support/readiness-documents.ts'

describe('the plan of a suite', () => {
  test('says how much each experiment sends, and how long all of them take', () => {
    const { steps, events, deliveries, seconds } = suitePlan()
    expect(steps.every((step) => step.events > 0 && step.deliveries >= step.events && step.seconds > 0)).toBe(true)
    expect(events).toBe(steps.reduce((sum, step) => sum + step.events, 0))
    expect(deliveries).toBe(steps.reduce((sum, step) => sum + step.deliveries, 0))
    expect(seconds).toBeLessThan(200)
  })

  test('takes no longer than 2:40 at the pace that is asked unless another is given', () => {
    expect(suitePlan(EVERYTHING, [], {}, 200).seconds).toBeLessThanOrEqual(160)
  })

  test('lets the declared rate go on until its live traffic can be judged, however low it is', () => {
    const { steps } = suitePlan(EVERYTHING, ['declared-rate'])
    const { phases = [], declaredRate } = steps[0]!.scenario
    expect(declaredRate).toBe('40/s')
    expect(phases.map(({ rate, duration }) => [rate, duration])).toEqual([
      ['12/s', '30s'],
      ['28/s', '30s'],
    ])
  })

  test('makes the same events in several orders so many that users are among them whose order matters', () => {
    const events = (perSecond: number): number | undefined =>
      suitePlan(EVERYTHING, ['orders'], {}, perSecond).steps[0]?.events
    expect(events(50)).toBe(events(200))
  })

  test('leaves out what nothing was given for, and says what to give', () => {
    const { steps, notTested } = suitePlan([])
    const ids = steps.map(({ experiment: { id } }) => id)
    expect(ids).toContain('steady')
    for (const id of ['declared-rate', 'restart', 'keys', 'expired-key', 'signatures', 'customers', 'again']) {
      expect(ids).not.toContain(id)
      expect(notTested.find((one) => one.id === id)?.reason).toMatch(/^give --/)
    }
    expect(notTested).toContainEqual(
      expect.objectContaining({ id: 'order-independent', reason: expect.stringMatching(/^give --state/) }),
    )
    const [steady] = steps
    expect(steady?.scenario.skip).toEqual({
      'visible-in-time': expect.stringMatching(/^give --receipts/),
      understood: expect.stringMatching(/^give --expect/),
      https: expect.stringMatching(/^give an https/),
    })
    expect(notTested.find(({ id }) => id === 'key-expiry')?.reason).toMatch(/squall run key-expiry/)
  })

  test('plays what --only names, and nothing else', () => {
    const { steps, notTested } = suitePlan(undefined, ['duplicates', 'history'])
    expect(steps.map(({ experiment: { id } }) => id)).toEqual(['duplicates', 'history'])
    expect(notTested.find(({ id }) => id === 'steady')?.reason).toBe('left out by --only')
  })

  test('does not replay what is not played', () => {
    const { steps, notTested } = suitePlan(undefined, ['replayed'])
    expect(steps).toEqual([])
    expect(notTested.find(({ id }) => id === 'replayed')?.reason).toMatch(/steady traffic, which is left out/)
  })

  test('leaves an experiment or a verdict out for the reason that was given', () => {
    const { steps, notTested } = suitePlan(undefined, [], {
      outage: 'no outages on Fridays',
      latency: 'a busy machine',
    })
    expect(steps.map(({ experiment: { id } }) => id)).not.toContain('outage')
    expect(notTested).toContainEqual(expect.objectContaining({ id: 'outage', reason: 'no outages on Fridays' }))
    expect(steps[0]?.scenario.skip).toEqual({ latency: 'a busy machine' })
  })

  test('refuses names that nothing has', () => {
    expect(() => suitePlan(undefined, ['outrage'])).toThrow(/--only: "outrage" is no experiment; there are steady/)
    expect(() => suitePlan(undefined, [], { outrage: 'x' })).toThrow(/--skip: "outrage" is neither/)
  })
})

describe('the conditions', () => {
  test('rest on verdicts and experiments that there are', () => {
    const ids = EXPERIMENTS.map(({ id }) => id)
    for (const { verdicts, shownBy, onlyIn = [] } of CONDITIONS) {
      for (const id of [...shownBy, ...onlyIn]) expect(ids).toContain(id)
      for (const id of verdicts) expect(VERDICTS).toContain(id)
    }
  })

  test('are decided by experiments that ask their verdicts', () => {
    const steps = [...suitePlan(EVERYTHING).steps, ...suitePlan(['shared-secret']).steps]
    for (const { id, verdicts, shownBy } of CONDITIONS) {
      for (const experiment of shownBy) {
        const { scenario } = steps.find((step) => step.experiment.id === experiment)!
        const asked = [...(scenario.verdicts ?? []), ...Object.keys(scenario.objectives ?? {})]
        expect({ id, experiment, decided: verdicts.some((verdict) => asked.includes(verdict)) }).toEqual({
          id,
          experiment,
          decided: true,
        })
      }
    }
  })
})
