import type { AttemptObservation } from '../model/observation.ts'
import type { Plan } from '../model/plan.ts'
import type { Summary } from '../model/report.ts'
import type { AttemptTimes } from './moments.ts'

/**
 * Rates over the time that the plan's phases fill: deliveries due in it, first attempts dispatched in it, and deliveries accepted by an attempt
 * dispatched in it. What its duplicates' lags or its target push beyond that time counts for none of them.
 */
export class RateWindow {
  readonly #endMs: number
  readonly #seconds: number
  #due = 0
  #sent = 0
  #accepted = 0

  constructor(plan: Plan) {
    const startMs = Math.min(...plan.phases.map((phase) => phase.startMs))
    this.#endMs = Math.max(...plan.phases.map((phase) => phase.startMs + phase.durationMs))
    this.#seconds = (this.#endMs - startMs) / 1000
  }

  due(dueMs: number): void {
    if (dueMs < this.#endMs) this.#due++
  }

  attempt(o: AttemptObservation, { dispatchMs }: AttemptTimes): void {
    if (o.attempt === 1 && dispatchMs < this.#endMs) this.#sent++
    // Squall's own lateness takes nothing from the target.
    if (o.next === 'acked' && dispatchMs - o.pumpLagMs < this.#endMs) this.#accepted++
  }

  rate(): Summary['rate'] {
    return {
      targetPerSecond: this.#perSecond(this.#due),
      achievedPerSecond: this.#perSecond(this.#sent),
      acceptedPerSecond: this.#perSecond(this.#accepted),
    }
  }

  #perSecond(count: number): number {
    return this.#seconds > 0 ? Math.round((count / this.#seconds) * 1000) / 1000 : 0
  }
}
