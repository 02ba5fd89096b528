import { copyCountsOf, scheduleOf } from '../../generators/schedule/schedule.ts'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { type Rehearsal, type RehearsalWorld, rehearse } from '../../src/experiments/rehearse.ts'
import type { Plan } from '../../src/model/plan.ts'
import { type Prepared, prepare } from '../../src/run.ts'
import type { Scenario } from '../../src/scenario/schema.ts'

const environment = { squall: 'test', runtime: 'test', platform: 'test', cpus: 1, memoryMb: 1 }

/** A scenario made ready once: rehearsals of it with many seeds share its corpus. */
export function readied(scenario: Omit<Scenario, 'name'>): Prepared {
  return prepare({ name: 'rehearsed', people: 40, warmRequests: 0, timeScale: 1000, ...scenario }, systemDigest)
}

/** One rehearsal of it: traffic, faults and network drawn from `seed`. */
export function rehearsal(prepared: Prepared, seed: number, world: Partial<RehearsalWorld> = {}): Promise<Rehearsal> {
  const plan: Plan = { ...prepared.plan, seed }
  const start = { id: `seed-${seed}`, startedAtMs: Date.UTC(2026, 0, 1), environment }
  return rehearse(
    { ...prepared, plan, schedule: scheduleOf(plan), planned: copyCountsOf(plan) },
    { digest: systemDigest, start, faults: [], seed, ...world },
  )
}

/** Ids of the verdicts with this status. */
export function verdictsThat(status: 'pass' | 'fail' | 'unknown', { report }: Rehearsal): string[] {
  return report.verdicts.filter((verdict) => verdict.status === status).map(({ id }) => id)
}

/** Live traffic with duplicates, races and shuffles; a replay with history beside it. */
export const mixedTraffic: Prepared = readied({
  settle: '1s',
  phases: [
    { name: 'live', rate: '200/s', duration: '1s', duplicates: '10%', racing: '10%', shuffle: '500ms' },
    {
      name: 'history',
      at: '500ms',
      rate: '200/s',
      duration: '1s',
      replay: { history: '400d', again: { phase: 'live', share: '30%' } },
    },
  ],
})

/** A few of each here; `npm run zoo` plays hundreds. */
export const SOME_SEEDS: readonly number[] = Array.from({ length: 8 }, (_, i) => i + 1)
