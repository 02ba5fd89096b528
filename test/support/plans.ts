import { DEFAULT_MIX } from '../../src/model/mix.ts'
import { NO_OBJECTIVES } from '../../src/model/objectives.ts'
import { ORDINARY, type PhasePlan, type Plan } from '../../src/model/plan.ts'
import type { RunHeader } from '../../src/model/run-header.ts'

/** A phase of `count` live messages at `perSecond`, from the run's start. */
export function livePhase(count: number, perSecond: number, changes: Partial<PhasePlan> = {}): PhasePlan {
  const durationMs = (count / perSecond) * 1000
  return {
    name: 'live',
    startMs: 0,
    durationMs,
    pace: {
      arrivals: 'even',
      pieces: [{ fromMs: 0, toMs: durationMs, fromPerSecond: perSecond, toPerSecond: perSecond }],
    },
    messages: { first: 0, count },
    again: { first: 0, count: 0 },
    envelope: 'live',
    historyMs: 0,
    copies: { duplicateShare: 0, lagMeanMs: 1000, racingShare: 0 },
    shuffleMs: 0,
    ...ORDINARY,
    ...changes,
  }
}

/** A small plan that is complete: 1 000 messages at 500/s unless changed. */
export function testPlan(changes: Partial<Plan> = {}): Plan {
  return {
    format: 1,
    scenario: 'test',
    seed: 1,
    generator: { version: '2', corpusDigest: '' },
    profile: 'subscription',
    lanes: 64,
    traffic: { mix: DEFAULT_MIX, people: 200, namespaces: 1 },
    phases: [livePhase(1000, 500)],
    mainPhase: 0,
    warmUpMs: 0,
    delivery: {
      timeoutMs: 5000,
      inFlightMax: 512,
      connections: 64,
      catchUpPerSecond: 5000,
      attemptsPerSecondMax: 0,
      drainMs: 120_000,
      warmRequests: 0,
      method: 'POST',
      batchSize: 0,
      headers: [],
    },
    retry: {
      policy: 'segment',
      retriesMax: 9,
      firstDelayMs: 14_400_000 / 511,
      jitter: 0.2,
      windowMs: 14_400_000,
      timeScale: 1,
      retryAfter: 'ignore',
      statuses: {
        '2xx': 'accept',
        '3xx': 'reject',
        '4xx': 'reject',
        '408': 'retry',
        '423': 'retry',
        '429': 'retry',
        '5xx': 'retry',
        '501': 'reject',
      },
    },
    ...changes,
  }
}

export function testHeader(plan: Plan, changes: Partial<RunHeader> = {}): RunHeader {
  const count = plan.phases.reduce((sum, phase) => sum + phase.messages.count, 0)
  return {
    id: 'testrun1',
    startedAtMs: Date.UTC(2026, 0, 1),
    target: { url: 'http://127.0.0.1:1/' },
    engine: { name: 'node', version: '0' },
    planHash: 'test',
    planned: { first: count, duplicate: 0, replay: 0 },
    asks: {
      verdicts: ['no-loss', 'no-phantom', 'idempotent', 'unaltered', 'event-time', 'accepts-valid'],
      skipped: {},
      claim: 0,
      settleMs: 30_000,
      objectives: NO_OBJECTIVES,
    },
    environment: { squall: '0', runtime: 'test', platform: 'test', cpus: 1, memoryMb: 1 },
    ...changes,
  }
}
