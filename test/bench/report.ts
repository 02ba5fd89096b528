/**
 * How long `squall report` takes for a run of a million attempts, and what memory, in a process of its own:
 *     node_modules/.bin/node test/bench/report.ts [attempts]
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ledgerFolder, ledgerPath, openLedgerSink } from '../../src/adapters/ledger-file.ts'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import { headerOf, prepare } from '../../src/run.ts'
import { testHeader, testPlan } from '../support/plans.ts'

const attempts = Number(process.argv[2] ?? 1_000_000)
const folder = mkdtempSync(join(tmpdir(), 'squall-bench-'))
writeRun()
const startedAtMs = performance.now()
const command = [join(import.meta.dirname, '../../src/cli/main.ts'), 'report', folder]
const squall = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] })
let peakMb = 0
const watching = setInterval(() => {
  peakMb = Math.max(peakMb, peakMbOf(squall.pid))
}, 20)
squall.on('exit', () => {
  clearInterval(watching)
  const seconds = (performance.now() - startedAtMs) / 1000
  const pageKb = statSync(join(folder, 'report.html')).size / 1024
  console.log(
    `report of ${attempts} attempts: ${seconds.toFixed(1)} s, ${peakMb.toFixed(0)} MB, page ${pageKb.toFixed(0)} KB`,
  )
  rmSync(folder, { recursive: true })
})

/** Every delivery of a plan, accepted at its first attempt. */
function writeRun(): void {
  const scenario = { name: 'bench', phases: [{ name: 'live', rate: '2000/s', events: attempts }] }
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
}

function peakMbOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
