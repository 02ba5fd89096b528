import type { OutcomeClass } from './outcome.ts'

/** A run as it stands, once or a few times a second: what the terminal and the page show while it goes on. */
export interface Snapshot {
  /** Since the run's start, and until its last due moment. */
  readonly atMs: number
  readonly endMs: number
  readonly stage: 'warming' | 'sending' | 'draining' | 'auditing' | 'done'
  readonly phase: string
  readonly planned: number
  readonly sent: number
  readonly acked: number
  readonly attempts: number
  readonly retriesWaiting: number
  readonly inFlight: number
  /** About so many are due and wait: told from how late the first of them is. */
  readonly overdue: number
  /** Attempts started per second since the last snapshot. */
  readonly ratePerSecond: number
  /** First copies that the Plan has due per second at this moment, all phases together. */
  readonly targetPerSecond: number
  readonly latencyP50Ms: number
  readonly latencyP99Ms: number
  readonly pumpLagMaxMs: number
  /** Attempts refused with a 4xx that a sound receiver refuses: no failures. */
  readonly refusedAsExpected: number
  readonly classes: Readonly<Partial<Record<OutcomeClass, number>>>
}
