import type { Plan } from '../model/plan.ts'
import type { AuditSummary, Report, Summary } from '../model/report.ts'
import type { RunHeader } from '../model/run-header.ts'

/** All that a report is made of. */
export interface ReportParts extends Pick<Report, 'verdicts' | 'notTested' | 'notes' | 'answers'> {
  readonly plan: Plan
  readonly header: RunHeader
  readonly summary: Summary
  readonly audit: AuditSummary
  /** When the run ended, in milliseconds after its start. */
  readonly endedAtMs: number
  readonly exitCode: number
}

/** The report as plain data, its keys in the order of result.json. */
export function buildReport(parts: ReportParts): Report {
  const { plan, header, summary, verdicts, notTested, notes, answers } = parts
  return {
    schema: 'squall/result@1',
    run: {
      id: header.id,
      seed: plan.seed,
      planHash: header.planHash,
      scenario: plan.scenario,
      profile: plan.profile,
      engine: header.engine,
      startedAt: isoTime(header.startedAtMs),
      endedAt: isoTime(header.startedAtMs + parts.endedAtMs),
      exitCode: parts.exitCode,
    },
    target: { url: header.target.url },
    ...summary,
    audit: parts.audit,
    verdicts,
    notTested,
    environment: header.environment,
    notes,
    answers,
  }
}

/** The end of the year 9999: a ledger may tell of moments beyond what a date of four digits can be. */
const EPOCH_MS_MAX = 253_402_300_799_999

function isoTime(epochMs: number): string {
  return new Date(Math.min(Math.round(epochMs), EPOCH_MS_MAX)).toISOString()
}
