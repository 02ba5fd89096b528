import type { CopyCounts } from './delivery.ts'
import type { Expectation } from './expectation.ts'
import type { Objectives } from './objectives.ts'
import type { StateRule } from './state.ts'
import type { TlsFacts } from './tls-facts.ts'

/** What sends. */
export type EngineName = 'node' | 'k6'

/** What differs from run to run of one Plan. Plan and RunHeader head every ledger file. */
export interface RunHeader {
  /** Lower-case letters, digits and inner hyphens, 1–32 of them; stands in every identifier that the run sends. */
  readonly id: string
  /** Wall clock at moment 0 of the run, in epoch milliseconds. All other moments of a run are milliseconds after it, monotonic. */
  readonly startedAtMs: number
  readonly target: { readonly url: string }
  readonly engine: { readonly name: EngineName; readonly version: string }
  /** SHA-256, hex, of the Plan's canonical JSON. */
  readonly planHash: string
  /** What the Plan's schedule amounts to, counted before the first delivery. */
  readonly planned: CopyCounts
  readonly asks: Asks
  readonly environment: Environment
  /** How the target showed itself over TLS before the run. Absent: nobody asked, or it speaks none. */
  readonly tls?: TlsFacts
  /** The earlier run whose messages this one sends again. Absent: the messages are its own. */
  readonly replays?: ReplayedRun
  /** Runs that the same receiver took before: a store with records of theirs is the right one. Absent: nobody knows of any. */
  readonly before?: readonly string[]
}

/** An earlier run, as a replay of it needs to know it. Sets of messages are bit sets over ordinals, in base64. */
export interface ReplayedRun {
  /** It stands in every identifier of its messages. */
  readonly runId: string
  /** Wall clock, epoch milliseconds: its messages happened by the one, and none of them was sent after the other. */
  readonly startedAtMs: number
  readonly endedAtMs: number
  /** Messages that it may have sent. */
  readonly sent: string
  /** Of these, those that the same receiver acknowledged: none where the replay goes elsewhere. */
  readonly acked: string
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
  readonly objectives: Objectives
  /** What the target is said to take, attempts per second; absent: nobody said. */
  readonly declaredPerSecond?: number
  /** What final states are held against; absent: `orders`. */
  readonly stateRule?: StateRule
  /** What the receiver is to make of events; absent: nothing is said of that. */
  readonly expectations?: readonly Expectation[]
}

export interface Environment {
  readonly squall: string
  readonly runtime: string
  readonly platform: string
  readonly cpus: number
  readonly memoryMb: number
}
