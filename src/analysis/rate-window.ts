import type { Plan } from '../model/plan.ts'
import type { Summary } from '../model/report.ts'

/**
 * Rates over the time that the plan's phases fill: deliveries due in it, and first attempts dispatched in it. What its duplicates' lags or
 * its target push beyond that time counts for neither rate.
 */
export class RateWindow {
  readonly #endMs: number
  readonly #seconds: number
  #due = 0
  #sent = 0

  constructor(plan: Plan) {
    const startMs = Math.min(...plan.phases.map((phase) => phase.startMs))
    this.#endMs = Math.max(...plan.phases.map((phase) => phase.startMs + phase.durationMs))
    this.#seconds = (this.#endMs - startMs) / 1000
  }

  due(dueMs: number): void {
    if (dueMs < this.#endMs) this.#due++
  }

  sent(dispatchMs: number): void {
    if (dispatchMs < this.#endMs) this.#sent++
  }

  rate(): Summary['rate'] {
    return { targetPerSecond: this.#perSecond(this.#due), achievedPerSecond: this.#perSecond(this.#sent) }
  }

  #perSecond(count: number): number {
    return this.#seconds > 0 ? Math.round((count / this.#seconds) * 1000) / 1000 : 0
  }
}
