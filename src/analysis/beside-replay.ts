import type { LatencyObjective } from '../model/objectives.ts'
import type { AttemptObservation } from '../model/observation.ts'
import type { BesideReplayFacts } from '../model/pace-facts.ts'
import { isRefusedPhase, type Plan } from '../model/plan.ts'
import type { Summary } from '../model/report.ts'
import { LimitTally } from './limits.ts'
import type { AttemptTimes } from './moments.ts'
import { isPushedBack } from './pushed-back.ts'

/** Live traffic, while a replay goes on and otherwise. */
export class BesideReplayTally {
  readonly #plan: Plan
  readonly #limits: LimitTally
  readonly #beside = { attempts: 0, troubled: 0 }
  readonly #otherwise = { attempts: 0, troubled: 0 }

  constructor(plan: Plan, objectives: readonly LatencyObjective[]) {
    this.#plan = plan
    this.#limits = new LimitTally(objectives)
  }

  attempt(o: AttemptObservation, times: AttemptTimes): void {
    if (!times.timed || o.class === 'local' || !this.#isLive(o.phase)) return
    const isBeside = this.#plan.phases.some(
      ({ envelope, startMs, durationMs }) =>
        envelope === 'replay' && o.attemptDueMs >= startMs && o.attemptDueMs < startMs + durationMs,
    )
    const counts = isBeside ? this.#beside : this.#otherwise
    counts.attempts++
    if (isPushedBack(o)) counts.troubled++
    if (isBeside) this.#limits.attempt(o, times)
  }

  /** @param heldUpMs how long squall stood still in all, at most */
  facts(heldUpMs: number, timing: Summary['generator']['timing']): BesideReplayFacts | null {
    if (this.#plan.phases.every(({ envelope }) => envelope === 'live')) return null
    return { ...this.#beside, otherwise: this.#otherwise, limits: this.#limits.facts(heldUpMs, timing) }
  }

  #isLive(phase: number): boolean {
    return this.#plan.phases[phase]!.envelope === 'live' && !isRefusedPhase(this.#plan, phase)
  }
}
