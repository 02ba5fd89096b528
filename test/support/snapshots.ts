import type { Snapshot } from '../../src/model/snapshot.ts'

/** A run a little past its half. */
export function snapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    atMs: 17_300,
    endMs: 30_000,
    stage: 'sending',
    phase: 'live',
    planned: 15_750,
    sent: 8712,
    acked: 8690,
    attempts: 8901,
    retriesWaiting: 10,
    inFlight: 12,
    overdue: 0,
    ratePerSecond: 498.2,
    targetPerSecond: 500,
    latencyP50Ms: 1.21,
    latencyP99Ms: 8.93,
    pumpLagMaxMs: 0.42,
    refusedAsExpected: 0,
    classes: { '2xx': 8690, '5xx': 190, timeout: 2 },
    ...changes,
  }
}
