import type { Plan } from '../../src/model/plan.ts'
import type { ScenarioOverrides } from '../../src/scenario/overrides.ts'
import { withOverrides } from '../../src/scenario/overrides.ts'
import { parseScenario } from '../../src/scenario/parse.ts'
import { type Resolution, resolve } from '../../src/scenario/resolve.ts'

/** A scenario of one phase, as an author would write it: 100/s for 30 s unless changed. */
export function written(changes: object = {}, phase: object = {}): { name: string; phases: object[] } {
  return { name: 'test', phases: [{ name: 'live', rate: '100/s', duration: '30s', ...phase }], ...changes }
}

/** What becomes of a scenario under flags. */
export function resolved(scenario: object, flags: ScenarioOverrides = {}): Resolution {
  const identity = { version: '1', corpusDigest: '' }
  return resolve(withOverrides(parseScenario(scenario), flags), identity)
}

export function planned(scenario: object, flags: ScenarioOverrides = {}): Plan {
  return resolved(scenario, flags).plan
}
