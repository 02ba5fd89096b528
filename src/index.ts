/** squall as a library: scenario → run → ledger → judgement → report. Nothing else is public. */

export { corpusText } from '../generators/corpus.ts'
export { realAddressIn } from '../generators/real-people.ts'
export { deliveriesOf } from '../generators/schedule/deliveries-of.ts'
export { FailingMinute } from './delivery/failing-minute.ts'
export { ObservedRun } from './delivery/observed-run.ts'
export { requestsOf } from './delivery/profile.ts'
export { decide } from './delivery/retry-policy.ts'
export { streamRequestsOf } from './delivery/stream-request.ts'
export { LineReader } from './ledger/line-reader.ts'
export { assertOneRun, type RunPart } from './ledger/one-run.ts'
export { LedgerWriter } from './ledger/writer.ts'
export type { InventoryLine, LintReport, RuleFindings } from './lint/lint-report.ts'
export { Linter } from './lint/linter.ts'
export type { LintProfile } from './lint/rule.ts'
export { violationsOf } from './lint/violations.ts'
export type { Message } from './model/message.ts'
export type { Outcome } from './model/outcome.ts'
export type { Plan } from './model/plan.ts'
export type { Readiness } from './model/readiness.ts'
export type { Report } from './model/report.ts'
export type { Resumption } from './model/resumption.ts'
export type { RunHeader } from './model/run-header.ts'
export type { Snapshot } from './model/snapshot.ts'
export type { Verdict } from './model/verdict.ts'
export * from './on-record.ts'
export { faultNames } from './partner/faults/catalogue.ts'
export { parseFault } from './partner/faults/parse-fault.ts'
export { k6SummaryReport } from './report/k6-summary-report.ts'
export { readinessHtml } from './report/readiness/readiness-html.ts'
export { readinessMarkdown } from './report/readiness/readiness-markdown.ts'
export { readinessAnswer } from './report/readiness/readiness-text.ts'
export type { RequestOfExperiment } from './report/readiness/refuted-section.ts'
export { resultJsonSchema } from './report/schema.ts'
export {
  headerOf,
  messagesOf,
  type Prepared,
  prepare,
  prepareReplay,
  type RunStart,
  type RunWorld,
  run,
  warmUp,
} from './run.ts'
export { type ScenarioOverrides, withOverrides } from './scenario/overrides.ts'
export { parseScenario, scenarioJsonSchema } from './scenario/parse.ts'
export { peakDeliveriesPerSecond } from './scenario/peak.ts'
export type { ReplayPace } from './scenario/replay-plan.ts'
export type { Scenario } from './scenario/schema.ts'
export { parseDurationMs, parseRatePerSecond } from './scenario/units.ts'
