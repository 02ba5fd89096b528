import { describe, expect, test } from 'vitest'
import { ObservedRun } from '../../src/delivery/observed-run.ts'
import type { AttemptObservation } from '../../src/model/observation.ts'
import { testPlan } from '../support/plans.ts'

const ATTEMPT: AttemptObservation = {
  kind: 'attempt',
  lane: 0,
  seq: 0,
  phase: 0,
  index: 0,
  size: 1,
  copy: 'first',
  dueMs: 0,
  attempt: 1,
  attemptDueMs: 0,
  slotWaitMs: 0,
  pumpLagMs: 2,
  latencyMs: 5,
  connectMs: -1,
  class: '2xx',
  status: 200,
  ambiguous: false,
  next: 'acked',
  retryAtMs: 0,
}

function observed(): ObservedRun {
  return new ObservedRun({ plan: testPlan(), planned: 10, endMs: 1000 })
}

describe('a run that another process plays, as its observations tell it', () => {
  test('counts deliveries once and attempts as often as they were made', () => {
    const run = observed()
    run.observe({ ...ATTEMPT, class: '5xx', status: 503, next: 'retry', retryAtMs: 100 })
    expect(run.snapshot(50)).toMatchObject({ sent: 1, acked: 0, attempts: 1, retriesWaiting: 1 })
    run.observe({ ...ATTEMPT, attempt: 2 })
    const classes = { '2xx': 1, '5xx': 1 }
    expect(run.snapshot(150)).toMatchObject({ sent: 1, acked: 1, attempts: 2, retriesWaiting: 0, classes })
  })

  test('a retry that is given up waits no longer', () => {
    const run = observed()
    run.observe({ ...ATTEMPT, class: '5xx', status: 503, next: 'retry', retryAtMs: 100 })
    run.observe({ kind: 'gave-up', lane: 0, seq: 0, atMs: 60 })
    expect(run.snapshot(70).retriesWaiting).toBe(0)
  })

  test('is warming before its start, sends while something is due, and then drains', () => {
    const run = observed()
    const sample = { kind: 'sample', atMs: 1000, loopDelayMaxMs: 1, cpuRatio: null, rssMb: null, inFlight: 3 } as const
    expect(run.snapshot(-1)).toMatchObject({ stage: 'warming', atMs: 0 })
    expect(run.snapshot(500).stage).toBe('sending')
    run.observe({ ...sample, overdue: 7 })
    expect(run.snapshot(1100)).toMatchObject({ stage: 'sending', inFlight: 3, overdue: 7 })
    run.observe({ ...sample, overdue: 0 })
    expect(run.snapshot(1200).stage).toBe('draining')
  })

  test('drains as soon as it was told to stop', () => {
    const run = observed()
    run.observe({ kind: 'mark', atMs: 400, mark: 'stopped', text: 'SIGINT' })
    expect(run.snapshot(500).stage).toBe('draining')
  })
})
