import { type PartnerServerOptions, startPartner } from '../../src/adapters/endpoints/partner-server.ts'
import { customersReceipts } from '../../src/adapters/receipts/customers-receipts.ts'
import { outboxSource } from '../../src/adapters/receipts/outbox-source.ts'
import { receiptSource } from '../../src/adapters/receipts/receipt-source.ts'
import { stateSource } from '../../src/adapters/receipts/state-source.ts'
import { systemClock, systemDigest } from '../../src/adapters/system-world.ts'
import { UndiciTransport } from '../../src/adapters/undici-transport.ts'
import { auditRecord, judge, openRecord } from '../../src/judge.ts'
import { writeAudit } from '../../src/ledger/write-audit.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import { keyExpiryMs } from '../../src/model/key-expiry.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { Report } from '../../src/model/report.ts'
import { headerOf, type Prepared, run } from '../../src/run.ts'
import { SIMULATED_KEYS, simulatedKeyring, simulatedSecret } from '../../src/simulation/simulated-keys.ts'
import { MemorySink } from './memory-sink.ts'

const environment = { squall: 'test', runtime: 'test', platform: 'test', cpus: 1, memoryMb: 1 }

/** A run on real sockets by the real clock, against an embedded partner in this process: what a rehearsal says happens. */
export async function realRun(
  prepared: Prepared,
  id: string,
  faults: readonly string[],
  seed: number,
  sharedSecret: string | undefined = simulatedSecret(prepared.plan),
): Promise<Report> {
  const partner = await startPartner({
    port: 0,
    store: 'memory',
    faults,
    seed,
    ...(sharedSecret && placeOf(sharedSecret)),
    ...keysOf(prepared.plan),
  })
  const transport = new UndiciTransport(partner.url, { connections: 16, connectionsMax: 512 })
  const { plan } = prepared
  const { customers } = plan.traffic
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
    credentials: {
      ...SIMULATED_KEYS,
      headers: [],
      ...(customers && { apiKeys: customers.keys }),
      ...(sharedSecret && { sharedSecret }),
    },
    recorder,
    stop: never,
    abort: never,
    onSnapshot: () => undefined,
  })
  recorder.close()
  const record = openRecord([() => [ledger.bytes()]], systemDigest, prepared.corpus)
  const source = receiptSource(new URL('receipts', partner.url).href, {
    key: SIMULATED_KEYS.apiKey,
    fields: (prepared.asks.expectations ?? []).map(({ field }) => field),
  })
  const receipts = customers ? customersReceipts({ sources: [source], ...customers }) : source
  const findings = await auditRecord(record, receipts, { clock: systemClock, digest: systemDigest }, undefined, {
    state: { source: stateSource(new URL('state', partner.url).href) },
    outbox: outboxSource(new URL('outbox', partner.url).href),
  })
  writeAudit(audits, record, 1, findings, findings.readToMs)
  await Promise.all([transport.close(), partner.close()])
  return judge({ ...record, files: [...record.files, () => [audits.bytes()]] }).report
}

/** The partner knows the keys where a phase shows others. */
function keysOf(plan: Plan): Pick<PartnerServerOptions, 'apiKeys' | 'expiringKey'> {
  if (simulatedKeyring(plan) === undefined) return {}
  process.env.SQUALL_TEST_KEY = SIMULATED_KEYS.apiKey
  process.env.SQUALL_TEST_EXPIRING_KEY = SIMULATED_KEYS.expiredKey
  const goodForMs = keyExpiryMs(plan) ?? 0
  return { apiKeys: ['env:SQUALL_TEST_KEY'], expiringKey: { place: 'env:SQUALL_TEST_EXPIRING_KEY', goodForMs } }
}

/** Secrets are places. */
function placeOf(secret: string): { readonly sharedSecret: string } {
  process.env.SQUALL_TEST_SECRET = secret
  return { sharedSecret: 'env:SQUALL_TEST_SECRET' }
}
