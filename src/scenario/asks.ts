import type { Asks } from '../model/run-header.ts'
import { expectationsOf } from './expectation.ts'
import { objectivesOf } from './objectives.ts'
import type { Scenario } from './schema.ts'
import { parseDurationMs, parseRatePerSecond, parseShare } from './units.ts'
import { DEFAULT_VERDICTS, STREAM_VERDICTS } from './verdicts.ts'

/** What a scenario asks for: its verdicts, and those of its objectives. What is left out is not asked for, and says why. */
export function asksOf({
  profile,
  verdicts = profile === 'stream' ? STREAM_VERDICTS : DEFAULT_VERDICTS,
  objectives,
  skip = {},
  claim,
  settle,
  stateRule,
  expect,
  declaredRate,
}: Scenario): Asks {
  const asked = new Set([...verdicts, ...Object.keys(objectives ?? {}), ...(expect ? ['understood'] : [])])
  return {
    verdicts: [...asked].filter((id) => skip[id] === undefined),
    skipped: skip,
    claim: claim === undefined ? 0 : parseShare(claim),
    settleMs: parseDurationMs(settle ?? '30s'),
    objectives: objectivesOf(objectives),
    ...(stateRule && { stateRule }),
    ...(expect && { expectations: expectationsOf(expect) }),
    ...(declaredRate && { declaredPerSecond: parseRatePerSecond(declaredRate) }),
  }
}
