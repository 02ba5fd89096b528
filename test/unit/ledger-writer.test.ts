import { expect, test } from 'vitest'
import { LedgerUnreadable } from '../../src/ledger/ledger-head.ts'
import { readLedger, readLedgerHead } from '../../src/ledger/reader.ts'
import { writeAudit } from '../../src/ledger/write-audit.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import type { AuditFindings } from '../../src/model/audit.ts'
import type { Observation } from '../../src/model/observation.ts'
import { MemorySink } from '../support/memory-sink.ts'
import { testHeader, testPlan } from '../support/plans.ts'
import { attemptOf, evenDeliveries } from '../support/recorded.ts'

const plan = testPlan()
const head = { plan, header: testHeader(plan), writer: { id: 'w0', lanes: [0] } }
const watermark = (untilMs: number): Observation => ({ kind: 'watermark', untilMs })

function read(bytes: Uint8Array): Observation[] {
  const observations: Observation[] = []
  readLedger([bytes], (one) => observations.push(one))
  return observations
}

test('a file begins with its head before anything is recorded', () => {
  const sink = new MemorySink()
  new LedgerWriter(sink, head)
  expect(readLedgerHead([sink.bytes()])).toEqual(head)
})

test('what was recorded leaves memory at a flush, and by itself after 64 KB', () => {
  const sink = new MemorySink()
  const writer = new LedgerWriter(sink, head)
  const begun = sink.length
  const [delivery] = evenDeliveries(1, 1)
  writer.record(attemptOf(delivery!))
  expect(sink.length).toBe(begun)
  writer.flush()
  expect(sink.length).toBe(begun + 8 + 64)
  for (let n = 0; n < 1024; n++) writer.record(attemptOf(delivery!))
  expect(sink.length).toBeGreaterThan(begun + 64 * 1024)
})

test('a flush with nothing to write writes nothing', () => {
  const sink = new MemorySink()
  const writer = new LedgerWriter(sink, head)
  const begun = sink.length
  writer.flush()
  expect(sink.length).toBe(begun)
})

test('after a failed write the same failure is thrown again and nothing more reaches the file', () => {
  const sink = new MemorySink()
  const full = new Error('ENOSPC: no space left on device')
  let broken = false
  const writer = new LedgerWriter(
    {
      write(bytes) {
        if (!broken) return sink.write(bytes)
        broken = false
        sink.write(bytes.subarray(0, 5))
        throw full
      },
      close: () => sink.close(),
    },
    head,
  )
  writer.record(watermark(1))
  writer.flush()
  broken = true
  writer.record(watermark(2))
  expect(() => writer.flush()).toThrow(full)
  writer.record(watermark(3))
  expect(() => writer.flush()).toThrow(full)
  const result = readLedger([sink.bytes()], (one) => expect(one).toEqual(watermark(1)))
  expect(result.torn?.why).toBe('the file ends within a block')
})

test('a record with a time that is no number is refused when it is written, not when it is judged', () => {
  const writer = new LedgerWriter(new MemorySink(), head)
  const [delivery] = evenDeliveries(1, 1)
  expect(() => writer.record(attemptOf(delivery!, { latencyMs: Number.NaN }))).toThrow(RangeError)
  const sample: Observation = {
    kind: 'sample',
    atMs: 0,
    loopDelayMaxMs: Number.NaN,
    cpuRatio: 0,
    rssMb: 0,
    inFlight: 0,
    overdue: 0,
  }
  expect(() => writer.record(sample)).toThrow(RangeError)
})

test('a plan wider than the format is refused', () => {
  expect(() => new LedgerWriter(new MemorySink(), { ...head, plan: testPlan({ lanes: 65_537 }) })).toThrow(RangeError)
})

test('an audit has a file of its own that owns no lanes', () => {
  const sink = new MemorySink()
  const findings = { found: 'x'.repeat(200_000), records: 7 } as AuditFindings
  writeAudit(sink, head, 3, findings, 500)
  expect(readLedgerHead([sink.bytes()]).writer).toEqual({ id: 'audit-3', lanes: [] })
  expect(read(sink.bytes())).toEqual([
    { kind: 'audit', findings },
    { kind: 'end', atMs: 500, complete: true },
  ])
  expect(sink.closed).toBe(true)
})

test.each([
  ['an empty file', () => new Uint8Array(), 'it is empty'],
  ['another kind of file', () => new TextEncoder().encode('{"schema": 1}'), 'it is no squall ledger'],
  ['a file that ends within its head', () => started().subarray(0, 40), 'its head cannot be read'],
  ['a later format', () => started().with(7, 2), 'it is a ledger of format 2'],
  ['a damaged head', () => started().with(60, 0), 'fails its checksum'],
  ['a later plan format', () => started({ ...plan, format: 2 as 1 }), 'its plan has format 2'],
  ['a head that is none', () => started({ lanes: 1, retry: plan.retry } as typeof plan), 'is not the head of a run'],
])('%s is refused with one line that says why', (_, bytes, why) => {
  expect(() => read(bytes())).toThrow(LedgerUnreadable)
  expect(() => read(bytes())).toThrow(why)
})

function started(changed = plan): Uint8Array {
  const sink = new MemorySink()
  new LedgerWriter(sink, { ...head, plan: changed })
  return sink.bytes()
}
