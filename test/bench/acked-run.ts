import { mkdirSync } from 'node:fs'
import { ledgerFolder, ledgerPath, openLedgerSink } from '../../src/adapters/ledger-file.ts'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import { headerOf, type Prepared, prepare } from '../../src/run.ts'
import { testHeader, testPlan } from '../support/plans.ts'

/** Writes a run into a folder: so many messages, each accepted at its first attempt. */
export function writeAckedRun(folder: string, events: number): { prepared: Prepared; header: RunHeader } {
  const scenario = { name: 'bench', phases: [{ name: 'live', rate: '2000/s', events }] }
  const prepared = prepare(scenario, systemDigest)
  const header = headerOf(prepared, testHeader(testPlan()))
  const { plan, schedule } = prepared
  const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane)
  mkdirSync(ledgerFolder(folder), { recursive: true })
  const writer = new LedgerWriter(openLedgerSink(ledgerPath(folder, 'node-0')), {
    plan,
    header,
    writer: { id: 'node-0', lanes },
  })
  const met = { class: '2xx', status: 200, ambiguous: false, next: 'acked', retryAtMs: 0, connectMs: -1 } as const
  for (const lane of lanes) {
    const cursor = schedule.lane(lane)
    while (cursor.peekDueMs() < Number.POSITIVE_INFINITY) {
      const delivery = cursor.next()
      const times = { attemptDueMs: delivery.dueMs, slotWaitMs: 0, pumpLagMs: 0.5, latencyMs: 1 + (delivery.seq % 97) }
      writer.record({ kind: 'attempt', ...delivery, ...times, ...met, attempt: 1 })
    }
  }
  writer.record({ kind: 'end', atMs: schedule.endMs, complete: true })
  writer.close()
  return { prepared, header }
}
