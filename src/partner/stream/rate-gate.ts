/**
 * How many requests a second are taken at their own pace. A second's worth may come at once; who goes on above the rate waits the longer, or is turned away,
 * until as much time has gone by as his requests were worth.
 */
export class RateGate {
  readonly #gapMs: number
  /** When all requests so far would have come, had they kept to the rate. */
  #dueMs = Number.NEGATIVE_INFINITY

  constructor(perSecond: number) {
    this.#gapMs = 1000 / perSecond
  }

  /** How long a request that comes now is early; 0: there is room for it. */
  earlyMs(nowMs: number): number {
    return Math.max(0, this.#dueMs - nowMs - (BURST_MS - this.#gapMs))
  }

  /** Counts a request that is taken. */
  count(nowMs: number): void {
    this.#dueMs = Math.max(this.#dueMs, nowMs) + this.#gapMs
  }
}

const BURST_MS = 1000
