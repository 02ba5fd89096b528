/** The part of the library that is about runs on record: record → audit → judgement → report. Who plays no run begins with it alone. */

export type { RunFacts } from './analysis/run-facts.ts'
export {
  auditRecord,
  factsOf,
  type Judgement,
  judge,
  type LedgerBytes,
  openRecord,
  type RunRecord,
  replayedRun,
  resumptionOf,
  type StateAudit,
} from './judge.ts'
export { headOfLines, ledgerOfLines } from './ledger/ledger-of-lines.ts'
export { readLedgerHead } from './ledger/reader.ts'
export { writeAudit } from './ledger/write-audit.ts'
export { failedNdjson } from './report/failed-ndjson.ts'
export { repeatableRequest } from './report/html/repeatable-request.ts'
export { type ReportAssets, reportHtml } from './report/html/report-html.ts'
export { resultJson } from './report/json.ts'
export { junitXml } from './report/junit.ts'
export { latencyLog } from './report/latency-log.ts'
export { reportMarkdown } from './report/markdown.ts'
