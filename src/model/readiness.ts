import type { Report } from './report.ts'
import type { Environment } from './run-header.ts'
import type { Verdict } from './verdict.ts'

/** What `squall prove` found out, as plain data: `readiness.json`, and all that its pages show. */
export interface Readiness {
  readonly schema: 'squall/readiness@1'
  readonly suite: {
    readonly id: string
    readonly seed: number
    readonly startedAt: string
    readonly endedAt: string
    readonly exitCode: number
    /** The command that repeats it, as words of a shell; secrets are the names of their places. */
    readonly command: string
    /** All that was to be played was played; false after a signal. */
    readonly complete: boolean
  }
  readonly target: { readonly url: string }
  /** Where the store was read, secrets masked; empty: nowhere. */
  readonly receipts: string
  /** The FAQ's first, in its order. */
  readonly conditions: readonly ReadinessCondition[]
  readonly figures: ReadinessFigures
  readonly experiments: readonly ExperimentResult[]
  /** Experiments and verdicts that were not asked, with what to give or who left them out. */
  readonly notTested: readonly { readonly id: string; readonly title: string; readonly reason: string }[]
  readonly environment: Environment
}

export type ReadinessAnswer = 'yes' | 'no' | 'unknown'

/** One thing that a partner should be able to say of their endpoint. */
export interface ReadinessCondition {
  readonly id: string
  /** `replay`: the partner FAQ's own; `delivery`: what follows from at-least-once delivery; `access`: who may send what. */
  readonly group: 'replay' | 'delivery' | 'access'
  readonly question: string
  readonly answer: ReadinessAnswer
  /** What the answer rests on: verdicts by experiment, what refutes it first. */
  readonly evidence: readonly ConditionEvidence[]
  /** What the answer lacks, in words; empty: nothing. */
  readonly lacks: readonly string[]
  /** How partners usually mend it; empty where there is nothing to mend. */
  readonly mend: string
}

export interface ConditionEvidence extends Pick<Verdict, 'status' | 'claim'> {
  readonly experiment: string
  readonly verdict: string
}

/** What Segment asks partners to say of themselves. Null: not shown. */
export interface ReadinessFigures {
  readonly declaredPerSecond: number | null
  /** The highest rate at which an experiment's deliveries were accepted. */
  readonly measuredPerSecond: number | null
  /** Latency of accepted answers during the steady traffic, from the dispatch. */
  readonly latencyP99Ms: number | null
  /** ISO 8601. */
  readonly oldestTimestamp: string | null
  readonly dedupeKey: 'messageId' | null
  /** The longest time between two copies of which the second was recognised. */
  readonly longestSpanMs: number | null
  /** Distinct events and requests, all experiments together. */
  readonly events: number
  readonly deliveries: number
}

export interface ExperimentResult {
  readonly id: string
  readonly title: string
  readonly about: string
  /** Its folder within the suite's. */
  readonly folder: string
  readonly run: {
    readonly id: string
    readonly engine: string
    readonly startedAt: string
    readonly seconds: number
  } | null
  readonly events: number
  readonly deliveries: number
  readonly verdicts: readonly Verdict[]
  /** Samples that were not 2xx. Text of the endpoint: escape it. */
  readonly answers: Report['answers']
  /** What of the run is worth telling: signals, restarts, trouble. */
  readonly notes: readonly { readonly atS: number; readonly text: string }[]
  /** Why it came to no result; empty: it came to one. */
  readonly trouble: string
}
