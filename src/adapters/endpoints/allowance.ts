/** So many at once, and so many more with each second. */
export class Allowance {
  perSecond: number
  readonly #most: number
  #left: number
  #countedAtMs = 0

  constructor(most: number, perSecond: number) {
    this.#most = most
    this.#left = most
    this.perSecond = perSecond
  }

  /** Whether one more may be had. A time that lies before an earlier one gives nothing. */
  spend(atMs: number): boolean {
    if (atMs > this.#countedAtMs) {
      this.#left = Math.min(this.#most, this.#left + ((atMs - this.#countedAtMs) * this.perSecond) / 1000)
      this.#countedAtMs = atMs
    }
    if (this.#left < 1) return false
    this.#left--
    return true
  }
}
