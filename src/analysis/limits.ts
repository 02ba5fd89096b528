import type { LatencyObjective } from '../model/objectives.ts'
import type { AttemptObservation } from '../model/observation.ts'
import type { LimitFacts } from '../model/pace-facts.ts'
import type { Summary } from '../model/report.ts'
import type { AttemptTimes } from './moments.ts'

/** A loop that is not known to have been held up may still have looked at an answer, or at a free slot, so late. */
const UNSEEN_STALLS_MS = 200

/** Counts latencies against the limits that a run is to keep. */
export class LimitTally {
  readonly #limits: readonly LimitCount[]

  constructor(objectives: readonly LatencyObjective[]) {
    this.#limits = objectives.map((objective) => new LimitCount(objective))
  }

  attempt(o: AttemptObservation, times: AttemptTimes): void {
    if (!times.timed || o.class === 'local') return
    for (const limit of this.#limits) limit.attempt(o, times)
  }

  /** @param heldUpMs how long squall stood still in all, at most */
  facts(heldUpMs: number, timing: Summary['generator']['timing']): LimitFacts[] {
    const oursMs = timing === 'sound' ? heldUpMs : heldUpMs + UNSEEN_STALLS_MS
    return this.#limits.map((limit) => limit.facts(oursMs))
  }
}

class LimitCount {
  readonly #objective: LatencyObjective
  /** Of each attempt above the limit: what the target had to do with it. */
  readonly #targetTimesMs: number[] = []
  #judged = 0
  #above = 0

  constructor(objective: LatencyObjective) {
    this.#objective = objective
  }

  attempt(o: AttemptObservation, { fromDueMs, fromSendMs, censored }: AttemptTimes): void {
    const { from, limitMs } = this.#objective
    const above = censored || (from === 'due' ? fromDueMs : fromSendMs) > limitMs
    if (above || o.next === 'acked') this.#judged++
    if (!above) return
    this.#above++
    const targetMs = fromSendMs + (from === 'due' ? o.slotWaitMs : 0)
    this.#targetTimesMs.push(censored ? Math.max(targetMs, limitMs + 1) : targetMs)
  }

  facts(oursMs: number): LimitFacts {
    const surelyAboveMs = this.#objective.limitMs + oursMs
    const aboveByTarget = this.#targetTimesMs.filter((ms) => ms > surelyAboveMs).length
    return { judged: this.#judged, above: this.#above, aboveByTarget }
  }
}
