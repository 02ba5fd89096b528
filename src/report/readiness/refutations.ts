import type { ExperimentResult, Readiness, ReadinessCondition } from '../../model/readiness.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Failure, failuresOf } from '../html/failures.ts'

const EVENTS_MAX = 20

/** A verdict that failed, and the events that show it. */
export interface Refutation {
  readonly experiment: string
  readonly verdict: Verdict
  readonly events: readonly Failure[]
}

/** What refutes a condition: of all its verdicts together at most twenty events, an equal share for each. */
export function refutationsOf({ experiments }: Readiness, { evidence }: ReadinessCondition): readonly Refutation[] {
  const failing = evidence.filter(({ status }) => status === 'fail')
  const share = Math.max(1, Math.floor(EVENTS_MAX / failing.length))
  return failing.flatMap(({ experiment, verdict: id }) => {
    const played = experiments.find((one) => one.id === experiment)
    const verdict = played?.verdicts.find((one) => one.id === id)
    if (played === undefined || verdict === undefined) return []
    return [{ experiment, verdict, events: eventsOf(played, verdict).slice(0, share) }]
  })
}

/** The events that the verdict names; where it names none, answers that the endpoint gave. */
function eventsOf({ answers }: ExperimentResult, verdict: Verdict): readonly Failure[] {
  const named = failuresOf({ verdicts: [verdict], answers: [] })
  return named.length > 0 ? named : failuresOf({ verdicts: [], answers })
}
