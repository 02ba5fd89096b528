import type { Visit } from '../visit.ts'

/** Lets so many visits through within any second. */
export class LastSecond {
  readonly #size: number
  /** When those let through came, as many as were at most; begun again from the oldest. */
  readonly #atMs: number[] = []
  #oldest = 0

  constructor(size: number) {
    this.#size = size
  }

  /** @returns whether there was room for it */
  takes({ atMs }: Visit): boolean {
    if (atMs - (this.#atMs[this.#oldest] ?? Number.NEGATIVE_INFINITY) < 1000) return false
    this.#atMs[this.#oldest] = atMs
    this.#oldest = (this.#oldest + 1) % this.#size
    return true
  }
}
