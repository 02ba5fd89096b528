import type { Disturbance } from '../../model/disturbance.ts'
import type { Scenario } from '../../scenario/schema.ts'
import { DEFAULT_VERDICTS } from '../../scenario/verdicts.ts'
import type { Pace } from './experiment.ts'

/** Retries of four hours within 24 seconds. */
const SQUEEZED = 600
/** An endpoint that never answers again is waited for no longer. */
const DRAIN = '30s'

/** Where nothing is sent twice on purpose nobody asks what became of copies. */
export const WITHOUT_COPIES: readonly string[] = DEFAULT_VERDICTS.filter((id) => id !== 'idempotent')

/** What all scenarios of the suite have in common. */
export function scenario(name: string): Scenario {
  return { name, phases: [], timeScale: SQUEEZED, drain: DRAIN, verdicts: DEFAULT_VERDICTS }
}

/** So many times the rate of ordinary live traffic. */
export function rate({ perSecond }: Pace, times: number): string {
  return `${Number((perSecond * times).toFixed(3))}/s`
}

/** So many times the rate that the endpoint is said to take. */
export function declaredRate(pace: Pace, times: number): string {
  return `${Number((declaredOf(pace) * times).toFixed(3))}/s`
}

/** How long so many times the declared rate must go on until a p99 can be judged by it: ten seconds at least. */
export function durationToJudge(pace: Pace, times: number): string {
  return `${Math.max(10, Math.ceil(ATTEMPTS_TO_JUDGE / (TIMED_SHARE * declaredOf(pace) * times)))}s`
}

/** None of them too late, they show a p99 at 95 %; and some more. */
const ATTEMPTS_TO_JUDGE = 320
/** What the warm-up leaves. */
const TIMED_SHARE = 0.9

function declaredOf({ declaredPerSecond }: Pace): number {
  if (declaredPerSecond === null) throw new RangeError('no rate was declared')
  return declaredPerSecond
}

/** From one moment of the run to another; single answers are lost or held as the caller says. */
export function between(kind: Disturbance['kind'], fromMs: number, toMs: number): Disturbance {
  return { kind, fromMs, toMs, oneIn: 1, holdMs: 0 }
}
