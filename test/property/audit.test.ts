import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitsFromText, bitsToText } from '../../src/analysis/audit-bits.ts'
import { upperBound95 } from '../../src/analysis/checks/upper-bound95.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import { auditCase, auditOf, eventAt, foundIn, setOf, soundReceipt } from '../support/audit-case.ts'

const COUNT = 20
const run = auditCase(COUNT)
const indices = fc.uniqueArray(fc.nat(COUNT - 1))

/** What a store did to the run's messages, and in which order it tells. */
const stories = fc.record({
  lost: indices,
  doubled: indices,
  altered: indices,
  misdated: indices,
  strangers: fc.nat(5),
  order: fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
})
type Story = typeof stories extends fc.Arbitrary<infer T> ? T : never

describe('an audit', () => {
  it('finds exactly what a store lost, doubled, altered, misdated and made up', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const findings = await auditOf(run, recordsOf(story))
        const kept = [...Array(COUNT).keys()].filter((index) => !story.lost.includes(index))
        const among = (chosen: readonly number[]): number[] => kept.filter((index) => chosen.includes(index))
        const twice = (chosen: readonly number[]): number[] =>
          among(chosen).flatMap((index) => (story.doubled.includes(index) ? [index, index] : [index]))
        expect(foundIn(findings, COUNT)).toEqual(kept)
        expect(findings.duplicated.examples.map(({ index }) => index)).toEqual(among(story.doubled))
        expect(findings.altered.count).toBe(twice(story.altered).length)
        expect(findings.altered.examples.map(({ index }) => index)).toEqual(twice(story.altered).slice(0, 20))
        expect(new Set(findings.misdated.examples.map(({ index }) => index))).toEqual(new Set(among(story.misdated)))
        expect(findings.strangers.count).toBe(story.strangers)
      }),
    )
  })

  it('does not depend on the order of records', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const inOrder = await auditOf(run, recordsOf({ ...story, order: [] }))
        const shuffled = await auditOf(run, recordsOf(story))
        const examples = { strangers: 0, altered: 0, misdated: 0 }
        expect({ ...shuffled, ...examples }).toEqual({ ...inOrder, ...examples })
        for (const kind of ['strangers', 'altered', 'misdated'] as const) {
          expect(shuffled[kind].count).toBe(inOrder[kind].count)
        }
      }),
    )
  })

  it('sees one lost and one doubled that make the count come out right', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(COUNT - 1), fc.integer({ min: 1, max: COUNT - 1 }), async (lost, step) => {
        const doubled = (lost + step) % COUNT
        const findings = await auditOf(run, recordsOf({ ...SOUND, lost: [lost], doubled: [doubled] }))
        expect(findings.records).toBe(COUNT)
        expect(foundIn(findings, COUNT)).not.toContain(lost)
        expect(findings.duplicated).toEqual({ count: 1, examples: [{ index: doubled, records: 2 }] })
      }),
    )
  })

  it('finds the place of any changed value of an event, and of no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(COUNT - 1), fc.nat(), fc.jsonValue(), async (index, choice, value) => {
        const event = eventAt(run.traffic, index)
        const keys = Object.keys(event.properties)
        const key = keys[choice % keys.length]!
        const same = JSON.stringify(event.properties[key]) === JSON.stringify(value)
        event.properties[key] = value
        const { altered } = await auditOf(run, [soundReceipt(run, index, { body: event })])
        expect(altered.count).toBe(same ? 0 : 1)
        const pointer = `/properties/${key.replace('~', '~0').replace('/', '~1')}`
        if (!same) expect(altered.examples[0]!.pointer.startsWith(pointer)).toBe(true)
      }),
    )
  })

  it('survives any record that JSON can hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), async (record, value) => {
        const fields = { body: value, timestamp: value, userId: value, digest: value, '/properties/zip': value }
        const { messageId } = soundReceipt(run, 1)
        const findings = await auditOf(run, [{ ...record, ...fields, messageId }])
        expect(JSON.parse(JSON.stringify(findings))).toEqual(findings)
      }),
    )
  })
})

describe('a set as text', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(999)), (members) => {
        const set = setOf(1000, members)
        expect(bitsFromText(bitsToText(set), 1000)).toEqual(set)
      }),
    )
  })
})

describe('the upper bound', () => {
  it('leaves five in a hundred chances below it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(59), (trials, some) => {
        const hits = Math.min(some, trials - 1)
        expect(atMost(hits, trials, upperBound95(hits, trials)!)).toBeCloseTo(0.05, 9)
      }),
    )
  })
})

const SOUND: Story = { lost: [], doubled: [], altered: [], misdated: [], strangers: 0, order: [] }

function recordsOf(story: Story): Receipt[] {
  const records: Receipt[] = []
  for (let index = 0; index < COUNT; index++) {
    if (story.lost.includes(index)) continue
    const changes: Partial<Record<'body' | 'timestamp', unknown>> = {}
    if (story.altered.includes(index)) changes.body = { ...eventAt(run.traffic, index), event: 'Other' }
    if (story.misdated.includes(index)) changes.timestamp = '2020-02-02T02:02:02.222Z'
    const record = soundReceipt(run, index, changes)
    records.push(...(story.doubled.includes(index) ? [record, record] : [record]))
  }
  for (let i = 0; i < story.strangers; i++) records.push({ messageId: `strange-${i}`, userId: 'sq_testrun1_x' })
  const keyed = records.map((record, i) => ({ record, key: story.order[i] ?? 0 }))
  return keyed.sort((a, b) => a.key - b.key).map(({ record }) => record)
}

/** Binomial distribution function, term by term. */
function atMost(hits: number, trials: number, p: number): number {
  let choose = 1
  let sum = 0
  for (let k = 0; k <= hits; k++) {
    sum += choose * p ** k * (1 - p) ** (trials - k)
    choose = (choose * (trials - k)) / (k + 1)
  }
  return sum
}
