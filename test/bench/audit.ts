/**
 * How long an audit of a million receipts with ids and event times takes, from memory and from a file, and what it holds.
 * `node test/bench/audit.ts [count]`
 */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, memoryUsage } from 'node:process'
import { receiptSource } from '../../src/adapters/receipts/receipt-source.ts'
import type { Receipt, ReceiptSource } from '../../src/model/receipt.ts'
import { type AuditCase, auditCase, auditOf } from '../support/audit-case.ts'

const count = Number(argv[2] ?? 1_000_000)
const run = auditCase(count)
const folder = mkdtempSync(join(tmpdir(), 'audit-'))
const path = join(folder, 'receipts.ndjson')
await write(path)
await measure('made on the way', made(run))
await measure('lines of a file', receiptSource(`file:${path}`))
rmSync(folder, { recursive: true })

async function measure(name: string, source: ReceiptSource): Promise<void> {
  const startMs = performance.now()
  const { records, foundCount, readings } = await auditOf(run, [], { source })
  const perReadingS = (performance.now() - startMs) / 1000 / readings
  const rate = Math.round(records / perReadingS / 1000)
  const rssMb = Math.round(memoryUsage.rss() / 2 ** 20)
  console.log(
    `${name}: ${foundCount} of ${records} found, ${readings} readings of ${perReadingS.toFixed(2)} s (${rate} k/s), rss ${rssMb} MB`,
  )
}

async function write(to: string): Promise<void> {
  const file = createWriteStream(to)
  for (let at = 0; at < count; at += 1000) {
    file.write(
      batchAt(run, at)
        .map((receipt) => `${JSON.stringify(receipt)}\n`)
        .join(''),
    )
    if (file.writableNeedDrain) await new Promise<void>((done) => file.once('drain', done))
  }
  await new Promise<void>((done) => file.end(done))
}

function made(of: AuditCase): ReceiptSource {
  return {
    kind: 'file',
    location: 'memory',
    async *read() {
      for (let at = 0; at < count; at += 1000) yield batchAt(of, at)
    },
  }
}

function batchAt({ traffic }: AuditCase, from: number): Receipt[] {
  return Array.from({ length: Math.min(1000, count - from) }, (_, i) => ({
    messageId: traffic.messageIdAt(from + i),
    timestamp: new Date(traffic.timestampMsAt(from + i)).toISOString(),
  }))
}
