import { type Answer, problem } from '../../partner/answer.ts'
import type { Store } from '../../partner/store.ts'

interface Waiting {
  readonly answer: Answer
  readonly deliver: (answer: Answer) => void
}

/** Holds answers back until what they speak of is committed: one commit for all requests of a turn of the event loop. */
export class GroupCommit {
  readonly #store: Pick<Store, 'commit'>
  #waiting: Waiting[] = []
  #scheduled = false

  constructor(store: Pick<Store, 'commit'>) {
    this.#store = store
  }

  /** Delivers the answer after the next commit, or a 503 if that fails. */
  answer(answer: Answer, deliver: (answer: Answer) => void): void {
    this.#waiting.push({ answer, deliver })
    this.soon()
  }

  /** Commits at the end of this turn. */
  soon(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => this.now())
  }

  /** Does work that stores something so much later; who stops does not wait for it. */
  later(delayMs: number, task: () => void): void {
    setTimeout(() => {
      task()
      this.soon()
    }, delayMs).unref()
  }

  now(): void {
    this.#scheduled = false
    const waiting = this.#waiting
    this.#waiting = []
    const kept = this.#committed()
    for (const { answer, deliver } of waiting) deliver(kept ? answer : NOT_KEPT)
  }

  #committed(): boolean {
    try {
      this.#store.commit()
      return true
    } catch {
      return false
    }
  }
}

const NOT_KEPT = problem(503, 'the store cannot be written to')
