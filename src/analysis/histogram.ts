import { build, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js'
import type { LatencySummary, Spread } from '../model/report.ts'

/** What is longer is counted as this: a day, in microseconds. */
const LONGEST_US = 86_400_000_000
/** A percentile is shown where so many samples lie beyond it. */
const BEYOND_MIN = 10

/**
 * Times in milliseconds, kept in microseconds to so many significant digits; count, sum, least and greatest are exact to the microsecond.
 * Nothing depends on the order in which times come, so merged parts equal a whole. (The library's plain implementation: its WebAssembly one
 * is quicker, but wants its memory freed by hand.)
 */
export class LatencyHistogram {
  readonly #digits: 2 | 3
  readonly #times: Histogram
  #sumUs = 0
  #leastUs = Number.POSITIVE_INFINITY
  #greatestUs = 0
  #censored = 0

  constructor(digits: 2 | 3 = 3) {
    this.#digits = digits
    this.#times = build({ highestTrackableValue: 2, autoResize: true, numberOfSignificantValueDigits: digits })
  }

  get count(): number {
    return this.#times.totalCount
  }

  get maxMs(): number | null {
    return this.count === 0 ? null : this.#greatestUs / 1000
  }

  /** @param censored the true time is longer: it was cut at a deadline */
  record(ms: number, censored = false): void {
    const us = Math.min(Math.max(0, Math.round(ms * 1000)), LONGEST_US)
    this.#times.recordValue(us)
    this.#sumUs += us
    if (us < this.#leastUs) this.#leastUs = us
    if (us > this.#greatestUs) this.#greatestUs = us
    if (censored) this.#censored++
  }

  add(other: LatencyHistogram): void {
    if (other.count === 0) return
    this.#times.add(other.#times)
    this.#sumUs += other.#sumUs
    this.#leastUs = Math.min(this.#leastUs, other.#leastUs)
    this.#greatestUs = Math.max(this.#greatestUs, other.#greatestUs)
    this.#censored += other.#censored
  }

  /** The time that `perMille` of a thousand do not exceed, in milliseconds, whatever the count; null: nothing was recorded. */
  quantile(perMille: number): number | null {
    if (this.count === 0) return null
    return Math.min(this.#times.getValueAtPercentile(perMille / 10), this.#greatestUs) / 1000
  }

  /** The same, but null where fewer than ten samples lie beyond it. */
  percentile(perMille: number): number | null {
    return this.count * (1000 - perMille) < BEYOND_MIN * 1000 ? null : this.quantile(perMille)
  }

  spread(): Spread {
    return { p50: this.percentile(500), p99: this.percentile(990), max: this.maxMs }
  }

  summary(): LatencySummary {
    const some = this.count > 0
    return {
      count: this.count,
      censored: this.#censored,
      min: some ? this.#leastUs / 1000 : null,
      mean: some ? Math.round(this.#sumUs / this.count) / 1000 : null,
      p50: this.percentile(500),
      p90: this.percentile(900),
      p95: this.percentile(950),
      p99: this.percentile(990),
      p999: this.percentile(999),
      max: this.maxMs,
      hdr: some ? this.#encoded() : '',
    }
  }

  /** Always over the whole range, so that the bytes depend on nothing but what was recorded. */
  #encoded(): string {
    const whole = build({
      highestTrackableValue: LONGEST_US,
      autoResize: false,
      numberOfSignificantValueDigits: this.#digits,
    })
    whole.add(this.#times)
    return encodeIntoCompressedBase64(whole)
  }
}
