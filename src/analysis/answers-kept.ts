import type { AnswerObservation } from '../model/observation.ts'
import type { Report } from '../model/report.ts'

/** A ledger holds a few answers of each kind; of a strange one no more than so many are kept. */
const ANSWERS_MAX = 1000

/** Answers worth showing. */
export class AnswersKept {
  readonly #answers: AnswerObservation[] = []

  keep(o: AnswerObservation): void {
    if (this.#answers.length < ANSWERS_MAX) this.#answers.push(o)
  }

  /**
   * In order of time.
   * @param messageIdOf the delivery's first message; empty if it is none of the plan's
   * @param isUnwelcome whether a sound receiver refuses the delivery
   */
  shown(
    messageIdOf: (lane: number, seq: number) => string,
    isUnwelcome: (lane: number, seq: number) => boolean,
  ): Report['answers'] {
    const sorted = this.#answers.toSorted((a, b) => a.atMs - b.atMs || a.lane - b.lane || a.seq - b.seq)
    return sorted.map(({ atMs, lane, seq, attempt, class: outcomeClass, status, text }) => {
      const messageId = messageIdOf(lane, seq)
      const expected = outcomeClass === '4xx' && isUnwelcome(lane, seq) && { expected: true as const }
      return { atS: Math.round(atMs) / 1000, messageId, attempt, class: outcomeClass, status, text, ...expected }
    })
  }
}
