import { ledgerChunks, ledgerFiles, nextAuditFile, openLedgerSink } from '../adapters/ledger-file.ts'
import { reportAssets } from '../adapters/report-assets.ts'
import { systemClock, systemDigest } from '../adapters/system-world.ts'
import type { Prepared } from '../index.ts'
import type { DiscardSource } from '../model/discards.ts'
import type { OutboxSource } from '../model/outbox.ts'
import { phaseOf } from '../model/phase-of.ts'
import type { ReceiptSource } from '../model/receipt.ts'
import {
  auditRecord,
  factsOf,
  failedNdjson,
  type Judgement,
  judge,
  junitXml,
  latencyLog,
  openRecord,
  type RunFacts,
  type RunRecord,
  repeatableRequest,
  reportHtml,
  reportMarkdown,
  resultJson,
  type StateAudit,
  writeAudit,
} from '../on-record.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import { restoreLedger } from './restore-ledger.ts'
import type { RunFolder } from './run-folder.ts'

/** Opens what a run's folder has on record. @throws CliError */
export function recordOf(folder: RunFolder, corpus?: Prepared['corpus']): RunRecord {
  restoreLedger(folder.path)
  const paths = ledgerFiles(folder.path)
  if (paths.length === 0)
    throw new CliError(`${folder.path}/ledger holds no ledger file; nothing can be judged`, EXIT.usage)
  try {
    return openRecord(
      paths.map((path) => () => ledgerChunks(path)),
      systemDigest,
      corpus,
    )
  } catch (error) {
    if (!(error instanceof Error && error.name === 'LedgerUnreadable')) throw error
    throw new CliError(`the ledger in ${folder.path} cannot be read: ${error.message}`, EXIT.usage)
  }
}

/** Where an audit reads. */
export interface AuditSources {
  readonly receipts: ReceiptSource
  readonly state?: StateAudit | undefined
  readonly outbox?: OutboxSource | undefined
  readonly discards?: DiscardSource | undefined
}

/** A run on record, and what its ledger amounts to where that is known. */
export interface Judgeable {
  readonly record: RunRecord
  readonly facts?: RunFacts
}

/** Reads the receiver's store, and puts what it said on record beside the run. The ledger is read once, for the audit and for what is judged. */
export async function auditInto(
  folder: RunFolder,
  record: RunRecord,
  { receipts, ...others }: AuditSources,
  settleMs?: number,
): Promise<Judgeable> {
  const facts = factsOf(record)
  const world = { clock: systemClock, digest: systemDigest }
  const findings = await auditRecord(record, receipts, world, settleMs, others, facts)
  const { path, ordinal } = nextAuditFile(folder.path)
  writeAudit(openLedgerSink(path), record, ordinal, findings, findings.readToMs)
  return { record, facts: { ...facts, findings } }
}

/** Judges what is on record and writes the report's files. */
export function reportInto(folder: RunFolder, { record, facts: known }: Judgeable): Judgement {
  const judgement = judge(record, known)
  const { report, facts } = judgement
  folder.write('result.json', resultJson(report))
  folder.write('report.html', reportHtml(report, reportAssets(), requestOf(record)))
  folder.write('report.md', reportMarkdown(report))
  folder.write('junit.xml', junitXml(report))
  folder.write('latency.hlog', latencyLog(report))
  folder.write(
    'failed.ndjson',
    failedNdjson(facts.unacked(), (index) => record.remade?.traffic.messageIdAt(index) ?? ''),
  )
  return judgement
}

/** The request that carried a message of this run, as far as it can be made again. */
export function requestOf({ plan, header, remade }: RunRecord): Parameters<typeof reportHtml>[2] {
  return (messageId) => {
    const index = remade?.traffic.indexOf(messageId)
    if (remade === null || index === undefined) return undefined
    const phase = phaseOf(plan, index)
    const { bytes } = remade.traffic.messageAt(index, phase?.envelope ?? 'live')
    return repeatableRequest(plan, header.target.url, new TextDecoder().decode(bytes), phase)
  }
}
