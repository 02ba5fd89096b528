import type { DeliveryPlan } from '../model/plan.ts'

const SECOND_MS = 1000
/** So much of a lateness is made up for, at least: timers are no finer. */
const CATCH_UP_MS = 2

/** A hard bound on how many attempts start in any second: planned ones, retries and what is caught up with alike. */
export class Ceiling {
  /** When the last attempts started, each in place of the one that was `length` attempts before it. */
  readonly #startsMs: Float64Array
  readonly #windowMs: number
  /** From one to the next, where they are to come evenly; else 0. */
  readonly #gapMs: number
  #oldest = 0
  #nextMs = Number.NEGATIVE_INFINITY

  /** @param spentAtMs so many attempts as are allowed may have started by this moment, and nobody remembers when; undefined: none has */
  constructor({ attemptsPerSecondMax, evenlyPaced }: CeilingPlan, spentAtMs: number = Number.NEGATIVE_INFINITY) {
    const count = attemptsPerSecondMax === 0 ? 0 : Math.max(1, Math.floor(attemptsPerSecondMax))
    this.#startsMs = new Float64Array(count).fill(spentAtMs)
    this.#windowMs = count === 0 ? 0 : Math.max(SECOND_MS, (count / attemptsPerSecondMax) * SECOND_MS)
    this.#gapMs = evenlyPaced ? this.#windowMs / count : 0
  }

  /** The next attempt may start from this moment on. */
  get opensMs(): number {
    if (this.#startsMs.length === 0) return Number.NEGATIVE_INFINITY
    return Math.max(this.#startsMs[this.#oldest]! + this.#windowMs, this.#nextMs)
  }

  started(atMs: number): void {
    if (this.#startsMs.length === 0) return
    this.#startsMs[this.#oldest] = atMs
    this.#oldest = (this.#oldest + 1) % this.#startsMs.length
    // A start that was late takes nothing from the rate, as long as those after it still come one by one.
    if (this.#gapMs > 0)
      this.#nextMs = Math.max(this.#nextMs, atMs - Math.max(CATCH_UP_MS, this.#gapMs / 2)) + this.#gapMs
  }
}

type CeilingPlan = Pick<DeliveryPlan, 'attemptsPerSecondMax' | 'evenlyPaced'>
