import { expect } from 'vitest'
import type { WireRun } from './wire-run.ts'

/** How late an attempt may end after its deadline, stalls of this very process apart. */
const LATE_MS = 250

/** No attempt outlives its deadline. */
export function expectPunctual({ attempts, heldUpMs }: WireRun, timeoutMs: number): void {
  expect(Math.max(...attempts.map(({ latencyMs }) => latencyMs))).toBeLessThan(timeoutMs + LATE_MS + heldUpMs)
}
