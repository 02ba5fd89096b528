import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockOf } from '../../src/ledger/block.ts'
import { crc32c } from '../../src/ledger/crc32c.ts'
import { LedgerUnreadable } from '../../src/ledger/ledger-head.ts'
import { readLedger } from '../../src/ledger/reader.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import type { Observation } from '../../src/model/observation.ts'
import { MemorySink } from '../support/memory-sink.ts'
import { attempt, moment, observation } from '../support/observations.ts'
import { testHeader, testPlan } from '../support/plans.ts'

const plan = testPlan()
const head = { plan, header: testHeader(plan), writer: { id: 'w0', lanes: [0, 1] } }

function written(observations: readonly Observation[]): Uint8Array {
  const sink = new MemorySink()
  const writer = new LedgerWriter(sink, head)
  for (const one of observations) writer.record(one)
  writer.close()
  return sink.bytes()
}

function read(bytes: Uint8Array, chunkBytes = bytes.length) {
  const observations: Observation[] = []
  const result = readLedger(chunksOf(bytes, chunkBytes), (one) => observations.push(one))
  return { ...result, observations }
}

/** As files are read: one buffer, used again for each chunk. */
function* chunksOf(bytes: Uint8Array, chunkBytes: number): Generator<Uint8Array> {
  const buffer = new Uint8Array(chunkBytes)
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const piece = bytes.subarray(at, at + chunkBytes)
    buffer.fill(0xff)
    buffer.set(piece)
    yield buffer.subarray(0, piece.length)
  }
}

/** Where each block of a sound file ends. */
function blockEnds(bytes: Uint8Array): number[] {
  const ends: number[] = []
  for (let at = 8; at < bytes.length; ends.push(at)) at += 8 + new DataView(bytes.buffer).getUint32(at, true)
  return ends
}

test('what was recorded is read again as it was, however the bytes are cut into chunks', () => {
  fc.assert(
    fc.property(
      fc.array(observation, { maxLength: 60 }),
      fc.integer({ min: 1, max: 5000 }),
      (observations, chunkBytes) => {
        const back = read(written(observations), chunkBytes)
        expect(back.observations).toEqual(observations)
        expect(back.torn).toBeNull()
        expect(back.head).toEqual(head)
      },
    ),
    { numRuns: 40 },
  )
})

test('a ledger that is read and written again is the same bytes', () => {
  fc.assert(
    fc.property(fc.array(observation, { maxLength: 60 }), (observations) => {
      const bytes = written(observations)
      expect(written(read(bytes).observations)).toEqual(bytes)
    }),
    { numRuns: 25 },
  )
})

test('a duration is kept to a ten-millionth and a moment exactly', () => {
  fc.assert(
    fc.property(moment, fc.double({ min: 1e-3, max: 1e8, noNaN: true }), (dueMs, latencyMs) => {
      const [some] = fc.sample(attempt, { numRuns: 1, seed: 1 }) as [Extract<Observation, { kind: 'attempt' }>]
      const [back] = read(written([{ ...some, dueMs, latencyMs }])).observations as [typeof some]
      expect(back.dueMs).toBe(dueMs)
      expect(Math.abs(back.latencyMs - latencyMs)).toBeLessThanOrEqual(latencyMs * 1e-7)
    }),
  )
})

test('a cut ledger gives the records before the cut, in order, and says where and why it ends', () => {
  fc.assert(
    fc.property(
      fc.array(observation, { minLength: 1, maxLength: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (all, share) => {
        const bytes = written(all)
        const start = written([]).length
        const cut = start + Math.floor(share * (bytes.length - start))
        const { observations, torn } = read(bytes.subarray(0, cut))
        expect(observations).toEqual(all.slice(0, observations.length))
        expect(torn === null).toBe(blockEnds(bytes).includes(cut))
        if (torn !== null) expect(torn.atByte).toBeLessThan(cut)
      },
    ),
    { numRuns: 40 },
  )
})

test('a flipped bit never invents or alters a record: what stands after it is cut', () => {
  fc.assert(
    fc.property(fc.array(attempt, { minLength: 1, maxLength: 40 }), fc.nat(), fc.nat(7), (all, where, bit) => {
      const bytes = written(all)
      const start = written([]).length
      const at = start + (where % (bytes.length - start))
      bytes[at] = bytes[at]! ^ (1 << bit)
      const { observations, torn } = read(bytes)
      expect(observations).toEqual([])
      expect(torn).toMatchObject({ atByte: start })
    }),
  )
})

test('damage in the middle cuts all that follows it, sound or not', () => {
  const sink = new MemorySink()
  const writer = new LedgerWriter(sink, head)
  const ends: number[] = []
  for (let n = 0; n < 3; n++) {
    writer.record({ kind: 'watermark', untilMs: n })
    writer.flush()
    ends.push(sink.length)
  }
  const bytes = sink.bytes()
  bytes[ends[0]! + 12] = bytes[ends[0]! + 12]! ^ 1
  const { observations, torn } = read(bytes)
  expect(observations).toEqual([{ kind: 'watermark', untilMs: 0 }])
  expect(torn).toEqual({ atByte: ends[0], why: 'a block there fails its checksum' })
})

test('zeros that a crash left behind the last block are no records', () => {
  const sound = written([{ kind: 'watermark', untilMs: 1 }])
  const { observations, torn } = read(Uint8Array.from([...sound, ...new Uint8Array(4096)]))
  expect(observations).toHaveLength(1)
  expect(torn).toEqual({ atByte: sound.length, why: 'a block there has no possible length' })
})

test('bytes of any kind end in records or in one line that says what is wrong', () => {
  const start = written([])
  const noise = fc.uint8Array({ maxLength: 400 })
  const sealedNoise = noise.filter((bytes) => bytes.length > 0).map(blockOf)
  const afterHead = fc.oneof(noise, sealedNoise).map((bytes) => Uint8Array.from([...start, ...bytes]))
  fc.assert(
    fc.property(fc.oneof(noise, afterHead), (bytes) => {
      try {
        read(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(LedgerUnreadable)
        expect((error as Error).message).toMatch(/^[^\n]+$/)
      }
    }),
    { numRuns: 1000 },
  )
})

test('the checksum is CRC-32C: its published check value comes out', () => {
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283)
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
})

test('the checksum of a stretch is that of its bytes one by one, wherever it begins and ends', () => {
  const bytes = fc.uint8Array({ minLength: 0, maxLength: 80 })
  fc.assert(
    fc.property(bytes, bytes, bytes, (before, stretch, after) => {
      const whole = Uint8Array.of(...before, ...stretch, ...after).subarray(Math.min(1, before.length))
      const from = Math.max(0, before.length - 1)
      expect(crc32c(whole, from, from + stretch.length)).toBe(bitByBit(stretch))
    }),
  )
})

function bitByBit(bytes: Uint8Array): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  }
  return ~crc >>> 0
}
