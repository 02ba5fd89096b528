import type { AuditFindings } from '../model/audit.ts'
import type { ByteSink } from '../model/recorder.ts'
import type { LedgerHead } from './ledger-head.ts'
import { LedgerWriter } from './writer.ts'

/**
 * Adds what an audit read to a run's record, as a ledger file of its own, and closes the sink.
 * @param ordinal which audit of the run it is, from 1
 * @param atMs when it ended, in milliseconds after the run's start
 */
export function writeAudit(
  sink: ByteSink,
  run: Pick<LedgerHead, 'plan' | 'header'>,
  ordinal: number,
  findings: AuditFindings,
  atMs: number,
): void {
  const { plan, header } = run
  const writer = new LedgerWriter(sink, { plan, header, writer: { id: `audit-${ordinal}`, lanes: [] } })
  writer.record({ kind: 'audit', findings })
  writer.record({ kind: 'end', atMs, complete: true })
  writer.close()
}
