import type { LintExample, RuleFindings } from './lint-report.ts'
import type { LintProfile, Rule, Severity } from './rule.ts'

const EXAMPLES_MAX = 5

type Told = Pick<Rule<never>, 'id' | 'severity' | 'says' | 'mend'>

/** Findings by rule: all are counted, the first few kept. */
export class FindingGroups {
  private readonly profile: LintProfile
  private readonly groups = new Map<string, { count: number; examples: LintExample[] }>()

  constructor(profile: LintProfile) {
    this.profile = profile
  }

  add(rule: string, line: number, pointer: string, detail: string): void {
    let group = this.groups.get(rule)
    if (group === undefined) {
      group = { count: 0, examples: [] }
      this.groups.set(rule, group)
    }
    group.count++
    if (group.examples.length < EXAMPLES_MAX) group.examples.push({ line, pointer, detail })
  }

  /** Errors first, then in the order of the rules. */
  findings(rules: readonly Told[]): RuleFindings[] {
    return (['error', 'warning'] as const).flatMap((severity) =>
      rules.flatMap((rule) => this.findingsOf(rule, severity)),
    )
  }

  private findingsOf({ id, severity: bySeverity, says, mend }: Told, severity: Severity): RuleFindings[] {
    const group = this.groups.get(id)
    if (group === undefined || bySeverity[this.profile] !== severity) return []
    return [{ rule: id, severity, says, mend, ...group }]
  }
}
