import type { AttemptObservation } from '../model/observation.ts'
import type { OutcomeClass } from '../model/outcome.ts'
import { isRefusedPhase, type Plan } from '../model/plan.ts'
import type { Snapshot } from '../model/snapshot.ts'

/** Buckets per doubling: a shown percentile is right to 4.5 %. */
const PER_DOUBLING = 16
const BUCKETS = PER_DOUBLING * 24

/** Running figures for people who watch; the ledger has the exact ones. */
export class LiveView {
  sent = 0
  acked = 0
  attempts = 0
  readonly #plan: Pick<Plan, 'phases'>
  #refusedAsExpected = 0
  readonly #classes: Partial<Record<OutcomeClass, number>> = {}
  readonly #latencies = new Uint32Array(BUCKETS)
  #pumpLagMaxMs = 0
  #takenAtMs = 0
  #takenAttempts = 0

  constructor(plan: Pick<Plan, 'phases'>) {
    this.#plan = plan
  }

  dispatched(attempt: number): void {
    this.attempts++
    if (attempt === 1) this.sent++
  }

  ended(observation: AttemptObservation): void {
    this.#classes[observation.class] = (this.#classes[observation.class] ?? 0) + 1
    if (observation.next === 'acked') this.acked++
    if (observation.class === '4xx' && isRefusedPhase(this.#plan, observation.phase)) this.#refusedAsExpected++
    if (observation.pumpLagMs > this.#pumpLagMaxMs) this.#pumpLagMaxMs = observation.pumpLagMs
    if (observation.answerLost) return
    const bucket = Math.round(Math.log2(Math.max(observation.latencyMs, 0.01) * 100) * PER_DOUBLING)
    const at = Math.min(bucket, BUCKETS - 1)
    this.#latencies[at] = this.#latencies[at]! + 1
  }

  /** The figures since the last call, and the totals. */
  take(
    atMs: number,
  ): Omit<
    Snapshot,
    'stage' | 'phase' | 'planned' | 'endMs' | 'targetPerSecond' | 'inFlight' | 'overdue' | 'retriesWaiting'
  > {
    const seconds = Math.max(atMs - this.#takenAtMs, 1) / 1000
    const view = {
      atMs,
      sent: this.sent,
      acked: this.acked,
      attempts: this.attempts,
      ratePerSecond: (this.attempts - this.#takenAttempts) / seconds,
      latencyP50Ms: this.#percentile(0.5),
      latencyP99Ms: this.#percentile(0.99),
      pumpLagMaxMs: this.#pumpLagMaxMs,
      refusedAsExpected: this.#refusedAsExpected,
      classes: { ...this.#classes },
    }
    this.#takenAtMs = atMs
    this.#takenAttempts = this.attempts
    this.#pumpLagMaxMs = 0
    this.#latencies.fill(0)
    return view
  }

  #percentile(share: number): number {
    const total = this.#latencies.reduce((sum, n) => sum + n, 0)
    let seen = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.#latencies[bucket]!
      if (total > 0 && seen >= total * share) return 2 ** (bucket / PER_DOUBLING) / 100
    }
    return 0
  }
}
