import type { Asks } from '../model/run-header.ts'
import { objectivesOf } from './objectives.ts'
import type { Scenario } from './schema.ts'
import { parseDurationMs, parseShare } from './units.ts'
import { DEFAULT_VERDICTS } from './verdicts.ts'

/** What a scenario asks for: its verdicts, and those of its objectives. What is left out is not asked for, and says why. */
export function asksOf({
  verdicts = DEFAULT_VERDICTS,
  objectives,
  skip = {},
  claim,
  settle,
  stateRule,
}: Scenario): Asks {
  const asked = new Set([...verdicts, ...Object.keys(objectives ?? {})])
  return {
    verdicts: [...asked].filter((id) => skip[id] === undefined),
    skipped: skip,
    claim: claim === undefined ? 0 : parseShare(claim),
    settleMs: parseDurationMs(settle ?? '30s'),
    objectives: objectivesOf(objectives),
    ...(stateRule && { stateRule }),
  }
}
