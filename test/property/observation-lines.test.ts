import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LedgerUnreadable } from '../../src/ledger/ledger-head.ts'
import { LineReader } from '../../src/ledger/line-reader.ts'
import { headLine, observationLine, observationOf } from '../../src/ledger/observation-lines.ts'
import type { Observation } from '../../src/model/observation.ts'
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts'
import { attempt, moment, observation } from '../support/observations.ts'
import { testHeader, testPlan } from '../support/plans.ts'

const plan = testPlan()
const head = { plan, header: testHeader(plan), writer: { id: 'k6-0', lanes: [0, 1] } }

function written(observations: readonly Observation[]): Uint8Array {
  return new TextEncoder().encode([headLine(head), ...observations.map(observationLine), ''].join('\n'))
}

function read(bytes: Uint8Array, chunkBytes = bytes.length) {
  const observations: Observation[] = []
  const reader = new LineReader({
    begin: (found) => expect(found).toEqual(head),
    visit: (one) => observations.push(one),
  })
  for (let at = 0; at < bytes.length; at += chunkBytes) reader.read(bytes.subarray(at, at + chunkBytes))
  return { observations, ...reader.end() }
}

test('what was printed is read again as it was, however the bytes are cut into chunks', () => {
  fc.assert(
    fc.property(
      fc.array(observation, { maxLength: 40 }),
      fc.integer({ min: 1, max: 5000 }),
      (observations, chunkBytes) => {
        const back = read(written(observations), chunkBytes)
        expect(back.observations).toEqual(observations)
        expect(back.torn).toBeNull()
        expect(back.head).toEqual(head)
      },
    ),
    { numRuns: 20 },
  )
})

test('moments and durations are the same numbers to the last bit', () => {
  fc.assert(
    fc.property(attempt, moment, fc.double({ min: 0, max: 1e8, noNaN: true }), (some, dueMs, latencyMs) => {
      const one = { ...some, dueMs, latencyMs, retryAtMs: dueMs / 3 }
      expect(observationOf(observationLine(one))).toEqual(one)
    }),
  )
})

test('a hostile answer stays one line and comes back as it was', () => {
  for (const text of [...HOSTILE_TEXTS, 'a\nb', '\r\n', 'a 0 0 0\n{"kind":"end"}', '\u2028\u0000\u0085']) {
    const one = {
      kind: 'answer',
      atMs: 1,
      lane: 0,
      seq: 0,
      attempt: 1,
      class: '5xx',
      status: 500,
      text,
    } as const
    expect(observationLine(one)).not.toContain('\n')
    expect(observationOf(observationLine(one))).toEqual(one)
  }
})

test('a file that was cut gives all whole lines, and says where the rest begins', () => {
  fc.assert(
    fc.property(
      fc.array(observation, { minLength: 1, maxLength: 20 }),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      (all, share) => {
        const bytes = written(all)
        const start = written([]).length
        const cut = start + Math.floor(share * (bytes.length - start))
        const { observations, torn } = read(bytes.subarray(0, cut))
        expect(observations).toEqual(all.slice(0, observations.length))
        expect(torn === null).toBe(bytes[cut - 1] === 10)
        expect(written(observations).length).toBe(torn?.atByte ?? cut)
      },
    ),
    { numRuns: 40 },
  )
})

test('damage in the middle ends the file there and is said', () => {
  const some = fc.sample(attempt, { numRuns: 20, seed: 1 })
  const lines = new TextDecoder().decode(written(some)).split('\n')
  for (const damage of ['', 'a 0 0', 'x', `${lines[3]}${lines[4]}`, '{"kind":"mark"}', 'w NaN', 'a'.padEnd(40, ' 1')]) {
    const bytes = new TextEncoder().encode(lines.toSpliced(3, 1, damage).join('\n'))
    const { observations, torn } = read(bytes, 100)
    expect(observations).toEqual(some.slice(0, 2))
    expect(torn).toEqual({
      atByte: written(some.slice(0, 2)).length,
      why: 'a line there is none that squall writes',
    })
  }
})

test('a number that is none is never printed', () => {
  const [some] = fc.sample(attempt, { numRuns: 1, seed: 2 })
  expect(() => observationLine({ ...some!, latencyMs: Number.NaN })).toThrow(RangeError)
  expect(() => observationLine({ kind: 'mark', atMs: Number.NaN, mark: 'stall', text: '' })).toThrow(RangeError)
})

test('a file without its head is said to be unreadable, and whether anything can have been sent', () => {
  const whole = written([])
  expect(() => read(whole.subarray(0, whole.length - 1))).toThrow(expect.objectContaining({ endsInHead: true }))
  expect(() => read(new TextEncoder().encode('hello\n'))).toThrow(LedgerUnreadable)
})
