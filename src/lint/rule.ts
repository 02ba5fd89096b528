import type { LintedBatch, LintedEvent, LintedRequest } from './subject.ts'

/** `spec`: events as they are delivered, or as anybody sends them. `stream`: what a Stream partner sends to Segment. */
export type LintProfile = 'spec' | 'stream'

export type Severity = 'error' | 'warning'

/** Says that the rule at hand is broken: where (a JSON Pointer into the subject), and what stands there. */
export type Say = (pointer: string, detail?: string) => void

/** One rule: what it says, and what looks whether a subject keeps it. */
export interface Rule<Subject> {
  /** Segment's own code where it fails such events at ingest (`snake_case`), else ours (`kebab-case`). A promise to who filters by it. */
  readonly id: string
  /** How bad it is; null where the rule does not apply. */
  readonly severity: Readonly<Record<LintProfile, Severity | null>>
  /** What is wrong. */
  readonly says: string
  readonly mend: string
  readonly check: (subject: Subject, say: Say) => void
}

export type EventRule = Rule<LintedEvent>
export type BatchRule = Rule<LintedBatch>
export type RequestRule = Rule<LintedRequest>

export const ERROR: EventRule['severity'] = { spec: 'error', stream: 'error' }
export const WARNING: EventRule['severity'] = { spec: 'warning', stream: 'warning' }
/** What a Stream is refused for, and anybody else may do. */
export const STRICT_IN_STREAM: EventRule['severity'] = { spec: 'warning', stream: 'error' }
export const STREAM_ERROR: EventRule['severity'] = { spec: null, stream: 'error' }
export const STREAM_WARNING: EventRule['severity'] = { spec: null, stream: 'warning' }
