import type { CopyCounts } from './delivery.ts'

/** What differs from run to run of one Plan. Plan and RunHeader head every ledger file. */
export interface RunHeader {
  /** Lower-case letters, digits and inner hyphens, 1–32 of them; stands in every identifier that the run sends. */
  readonly id: string
  /** Wall clock at moment 0 of the run, in epoch milliseconds. All other moments of a run are milliseconds after it, monotonic. */
  readonly startedAtMs: number
  readonly target: { readonly url: string }
  readonly engine: { readonly name: 'node' | 'k6'; readonly version: string }
  /** SHA-256, hex, of the Plan's canonical JSON. */
  readonly planHash: string
  /** What the Plan's schedule amounts to, counted before the first delivery. */
  readonly planned: CopyCounts
  readonly asks: Asks
  readonly environment: Environment
}

/** What the run is to be judged by. */
export interface Asks {
  /** Ids of the verdicts asked for, in the order in which they are shown. */
  readonly verdicts: readonly string[]
  /** Verdicts that were left out, and why. */
  readonly skipped: Readonly<Record<string, string>>
  /** The loss ratio that `no-loss` must be able to exclude at 95 %; 0: none stated. */
  readonly claim: number
  /** How long stored events may take to be visible. */
  readonly settleMs: number
}

export interface Environment {
  readonly squall: string
  readonly runtime: string
  readonly platform: string
  readonly cpus: number
  readonly memoryMb: number
}
