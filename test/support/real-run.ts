import { startPartner } from '../../src/adapters/endpoints/partner-server.ts'
import { receiptSource } from '../../src/adapters/receipts/receipt-source.ts'
import { systemClock, systemDigest } from '../../src/adapters/system-world.ts'
import { UndiciTransport } from '../../src/adapters/undici-transport.ts'
import { auditRecord, judge, openRecord } from '../../src/judge.ts'
import { writeAudit } from '../../src/ledger/write-audit.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import type { Report } from '../../src/model/report.ts'
import { headerOf, type Prepared, run } from '../../src/run.ts'
import { MemorySink } from './memory-sink.ts'

const environment = { squall: 'test', runtime: 'test', platform: 'test', cpus: 1, memoryMb: 1 }

/** A run on real sockets by the real clock, against an embedded partner in this process: what a rehearsal says happens. */
export async function realRun(
  prepared: Prepared,
  id: string,
  faults: readonly string[],
  seed: number,
): Promise<Report> {
  const partner = await startPartner({ port: 0, store: 'memory', faults, seed })
  const transport = new UndiciTransport(partner.url, { connections: 16, connectionsMax: 512 })
  const { plan } = prepared
  const start = { id, target: { url: partner.url }, engine: { name: 'node', version: '24' }, environment } as const
  const header = headerOf(prepared, { ...start, startedAtMs: systemClock.wallMs() + 20 })
  const [ledger, audits] = [new MemorySink(), new MemorySink()]
  const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane)
  const recorder = new LedgerWriter(ledger, { plan, header, writer: { id: 'node-0', lanes } })
  const never = new AbortController().signal
  await run(prepared, header, {
    clock: systemClock,
    transport,
    digest: systemDigest,
    health: { take: () => ({ loopDelayMaxMs: 0, cpuRatio: 0, rssMb: 0 }) },
    credentials: { apiKey: 'real', headers: [] },
    recorder,
    stop: never,
    abort: never,
    onSnapshot: () => undefined,
  })
  recorder.close()
  const record = openRecord([() => [ledger.bytes()]], systemDigest, prepared.corpus)
  const receipts = receiptSource(new URL('receipts', partner.url).href)
  const findings = await auditRecord(record, receipts, { clock: systemClock, digest: systemDigest })
  writeAudit(audits, record, 1, findings, findings.readToMs)
  await Promise.all([transport.close(), partner.close()])
  return judge({ ...record, files: [...record.files, () => [audits.bytes()]] }).report
}
