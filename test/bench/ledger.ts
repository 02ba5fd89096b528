/**
 * How fast a ledger is written, and read, folded and summed up, for a million attempts:
 *     node_modules/.bin/node test/bench/ledger.ts [attempts]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ledgerChunks, openLedgerSink } from '../../src/adapters/ledger-file.ts'
import { summarize } from '../../src/analysis/summarize.ts'
import { readLedger } from '../../src/ledger/reader.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import type { Delivery, Schedule } from '../../src/model/delivery.ts'
import { unit } from '../../src/model/hash.ts'
import type { AttemptObservation } from '../../src/model/observation.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'

const LANES = 64
const PER_SECOND = 2000

const attempts = Number(process.argv[2] ?? 1_000_000)
const plan = testPlan({ lanes: LANES, phases: [livePhase(attempts, PER_SECOND)] })
const header = testHeader(plan)
const folder = mkdtempSync(join(tmpdir(), 'squall-bench-'))
const path = join(folder, 'w0.sq')

write()
readAll()
judge()
rmSync(folder, { recursive: true })

function write(): void {
  const writer = new LedgerWriter(openLedgerSink(path), { plan, header, writer: { id: 'w0', lanes: lanes() } })
  const made = Array.from({ length: 1000 }, (_, i) => attemptOf(deliveryOf(i)))
  const beganMs = performance.now()
  for (let i = 0; i < attempts; i++) {
    const attempt = made[i % 1000] as { -readonly [K in keyof AttemptObservation]: AttemptObservation[K] }
    const { lane, seq, index, dueMs } = deliveryOf(i)
    attempt.lane = lane
    attempt.seq = seq
    attempt.index = index
    attempt.dueMs = attempt.attemptDueMs = dueMs
    writer.record(attempt)
  }
  writer.record({ kind: 'end', atMs: attempts / 2, complete: true })
  writer.close()
  say('write', beganMs)
  console.log(`      ${(statSync(path).size / attempts).toFixed(1)} bytes an attempt`)
}

function readAll(): void {
  const beganMs = performance.now()
  let seen = 0
  readLedger(ledgerChunks(path), () => seen++)
  if (seen !== attempts + 1) throw new Error(`read ${seen} records`)
  say('read', beganMs)
}

function judge(): void {
  const idleMb = process.memoryUsage().rss / 1e6
  const beganMs = performance.now()
  const parts = [(visit: Parameters<typeof readLedger>[1]) => readLedger(ledgerChunks(path), visit)]
  const { summary } = summarize({ plan, header, schedule: schedule(), parts, messageIdAt: String })
  if (summary.counts.sent !== attempts) throw new Error(`${summary.counts.sent} sent`)
  say('read, fold, sum up', beganMs)
  const rssMb = process.memoryUsage().rss / 1e6
  console.log(`      memory ${rssMb.toFixed(0)} MB, ${(rssMb - idleMb).toFixed(0)} MB more than before`)
}

function say(what: string, beganMs: number): void {
  const seconds = (performance.now() - beganMs) / 1000
  console.log(`${what}: ${seconds.toFixed(2)} s, ${Math.round(attempts / seconds)} attempts/s`)
}

function deliveryOf(index: number): Delivery {
  const seq = Math.floor(index / LANES)
  return { lane: index % LANES, seq, phase: 0, index, size: 1, copy: 'first', dueMs: (index * 1000) / PER_SECOND }
}

function attemptOf(delivery: Delivery): AttemptObservation {
  const failed = unit(1, delivery.index) < 0.01
  return {
    ...delivery,
    kind: 'attempt',
    attempt: 1,
    attemptDueMs: delivery.dueMs,
    slotWaitMs: 0,
    pumpLagMs: unit(2, delivery.index),
    latencyMs: 1 + unit(3, delivery.index) * 20,
    connectMs: -1,
    class: failed ? '5xx' : '2xx',
    status: failed ? 503 : 200,
    ambiguous: false,
    next: failed ? 'exhausted' : 'acked',
    retryAtMs: 0,
  }
}

function schedule(): Schedule {
  return {
    lanes: LANES,
    endMs: (attempts * 1000) / PER_SECOND,
    lane(lane) {
      let next = lane
      return {
        peekDueMs: () => (next < attempts ? (next * 1000) / PER_SECOND : Number.POSITIVE_INFINITY),
        next() {
          next += LANES
          return deliveryOf(next - LANES)
        },
      }
    },
  }
}

function lanes(): number[] {
  return Array.from({ length: LANES }, (_, lane) => lane)
}
