import type { AttemptObservation } from '../model/observation.ts'
import { OUTCOME_CLASSES, type OutcomeClass } from '../model/outcome.ts'

/** How many attempts met what. */
export class OutcomeTally {
  readonly classes: Record<OutcomeClass, number> = zeros()
  readonly #statuses = new Map<number, number>()
  attempts = 0
  answersLost = 0

  attempt(o: AttemptObservation): void {
    this.attempts++
    this.classes[o.class]++
    if (o.answerLost) this.answersLost++
    if (o.status > 0) this.#statuses.set(o.status, (this.#statuses.get(o.status) ?? 0) + 1)
  }

  /** By status, ascending. */
  statuses(): Record<string, number> {
    return Object.fromEntries([...this.#statuses].sort((a, b) => a[0] - b[0]))
  }

  serverErrorRatio(): number | null {
    return this.attempts === 0 ? null : this.classes['5xx'] / this.attempts
  }
}

function zeros(): Record<OutcomeClass, number> {
  return Object.fromEntries(OUTCOME_CLASSES.map((name) => [name, 0])) as Record<OutcomeClass, number>
}
