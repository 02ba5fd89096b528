import type { LintReport } from './lint-report.ts'
import { Linter } from './linter.ts'
import type { LintProfile, Severity } from './rule.ts'

/** Where one event breaks a rule. */
export interface Violation {
  readonly rule: string
  readonly severity: Severity
  readonly says: string
  readonly mend: string
  /** JSON Pointer into the event; empty for all of it. */
  readonly pointer: string
  /** What stands there, or what is meant; may be empty. */
  readonly detail: string
}

/** What one event breaks, errors first; of each rule the first few places. @param call what it is where it does not say so itself */
export function violationsOf(text: string, call: string, profile: LintProfile): readonly Violation[] {
  const linter = new Linter(profile)
  linter.take(text, 1, call)
  return linter.report().findings.flatMap(placesOf)
}

function placesOf({ rule, severity, says, mend, examples }: LintReport['findings'][number]): Violation[] {
  return examples.map(({ pointer, detail }) => ({ rule, severity, says, mend, pointer, detail }))
}
