import type { AttemptObservation } from '../model/observation.ts'
import type { Summary } from '../model/report.ts'
import { LatencyHistogram } from './histogram.ts'
import type { AttemptTimes } from './moments.ts'

/** What first attempts and retries came to. */
export class RetryTally {
  readonly #byAttempt: { attempt: number; sent: number; acked: number }[] = []
  readonly #delayError = new LatencyHistogram()
  #scheduled = 0
  #recovered = 0

  attempt(o: AttemptObservation, times: AttemptTimes): void {
    const row = this.#row(o.attempt)
    row.sent++
    if (o.next === 'acked') row.acked++
    if (o.next === 'retry') this.#scheduled++
    if (o.attempt === 1) return
    if (o.next === 'acked') this.#recovered++
    this.#delayError.record(times.dispatchMs - o.attemptDueMs)
  }

  /** Deliveries acked at their first attempt. */
  get ackedAtOnce(): number {
    return this.#byAttempt[0]?.acked ?? 0
  }

  summary(): Omit<Summary['retries'], 'amplification'> {
    return {
      scheduled: this.#scheduled,
      byAttempt: this.#byAttempt,
      recovered: this.#recovered,
      delayErrorMs: this.#delayError.spread(),
    }
  }

  #row(attempt: number): { sent: number; acked: number } {
    for (let next = this.#byAttempt.length + 1; next <= attempt; next++) {
      this.#byAttempt.push({ attempt: next, sent: 0, acked: 0 })
    }
    return this.#byAttempt[attempt - 1]!
  }
}
