import type { CopyPlan } from '../model/plan.ts'
import { namespaceCount } from './customers.ts'
import type { Phase } from './phase.ts'
import type { Scenario } from './schema.ts'
import { parseDurationMs, parseShare } from './units.ts'

/** How often a phase's messages come more than once. */
export function copiesOf(phase: Phase): CopyPlan {
  return {
    duplicateShare: parseShare(phase.duplicates ?? 0),
    lagMeanMs: parseDurationMs(phase.lag ?? '1s'),
    racingShare: parseShare(phase.racing ?? 0),
  }
}

/** Deliveries per message of a phase, on average, batches being full: what turns a rate of deliveries into one of first copies. */
export function deliveriesPerMessage(scenario: Scenario, phase: Phase): number {
  const { duplicateShare, racingShare } = copiesOf(phase)
  return ((1 + duplicateShare + racingShare) * namespaceCount(scenario, phase)) / (scenario.batch ?? 1)
}
