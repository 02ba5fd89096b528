import type { AnswerObservation } from '../model/observation.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Life } from './life.ts'

/** Answers that are shown, for each class and status. */
const SHOWN_MAX = 5
const TEXT_MAX = 2000

/** Picks the answers worth showing: the first few of each class and status that said anything. */
export class AnswersShown {
  readonly #shown = new Map<string, number>()

  /** Undefined: there were enough of its kind, or it said nothing. */
  take(life: Life, outcome: Outcome, atMs: number): AnswerObservation | undefined {
    const { class: outcomeClass, status, detail } = outcome
    if (detail === '') return undefined
    const key = `${outcomeClass} ${status}`
    const shown = this.#shown.get(key) ?? 0
    if (shown >= SHOWN_MAX) return undefined
    this.#shown.set(key, shown + 1)
    const { lane, seq } = life.delivery
    const text = detail.slice(0, TEXT_MAX)
    return { kind: 'answer', atMs, lane, seq, attempt: life.attempts, class: outcomeClass, status, text }
  }
}
