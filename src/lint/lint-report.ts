import type { LintProfile, Severity } from './rule.ts'

/** What lint found, as plain data. */
export interface LintReport {
  readonly schema: 'squall/lint@1'
  readonly profile: LintProfile
  /** Lines that were not empty. */
  readonly lines: number
  readonly requests: number
  readonly events: number
  /** Lines and elements that are no event and no request. */
  readonly malformed: number
  /** Findings, not events: an event may break several rules. */
  readonly errors: number
  readonly warnings: number
  /** Errors first. */
  readonly findings: readonly RuleFindings[]
  /** The kinds of events that were read, the most frequent first; only of a Stream. */
  readonly inventory: readonly InventoryLine[] | null
}

/** All breaches of one rule. */
export interface RuleFindings {
  readonly rule: string
  readonly severity: Severity
  readonly says: string
  readonly mend: string
  readonly count: number
  /** The first few. */
  readonly examples: readonly LintExample[]
}

export interface LintExample {
  /** Counted from 1. */
  readonly line: number
  /** JSON Pointer into the line. */
  readonly pointer: string
  /** What stands there, or what is meant; may be empty. */
  readonly detail: string
}

/** One kind of event, as a launch request lists them. */
export interface InventoryLine {
  readonly type: string
  /** Empty for calls that have no event name. */
  readonly event: string
  /** The part of the Spec that names the event; empty for an event of one's own. */
  readonly spec: string
  readonly count: number
}
