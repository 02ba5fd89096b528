const SECOND_MS = 1000

/** A hard bound on how many attempts start in any second: planned ones, retries and what is caught up with alike. */
export class Ceiling {
  /** When the last attempts started, each in place of the one that was `length` attempts before it. */
  readonly #startsMs: Float64Array
  readonly #windowMs: number
  #oldest = 0

  /** @param perSecondMax 0: no bound */
  constructor(perSecondMax: number) {
    const count = perSecondMax === 0 ? 0 : Math.max(1, Math.floor(perSecondMax))
    this.#startsMs = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
    this.#windowMs = count === 0 ? 0 : Math.max(SECOND_MS, (count / perSecondMax) * SECOND_MS)
  }

  /** The next attempt may start from this moment on. */
  get opensMs(): number {
    return this.#startsMs.length === 0 ? Number.NEGATIVE_INFINITY : this.#startsMs[this.#oldest]! + this.#windowMs
  }

  started(atMs: number): void {
    if (this.#startsMs.length === 0) return
    this.#startsMs[this.#oldest] = atMs
    this.#oldest = (this.#oldest + 1) % this.#startsMs.length
  }
}
