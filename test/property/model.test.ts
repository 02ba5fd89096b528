import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BitSet } from '../../src/model/bit-set.ts'
import { DueHeap } from '../../src/model/due-heap.ts'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import { DEFAULT_MIX } from '../../src/model/mix.ts'
import { nearest } from '../../src/model/nearest.ts'
import { indexAt, messageCount, ordinalOf } from '../../src/model/ordinal.ts'
import { livePhase, testPlan } from '../support/plans.ts'

describe('a heap of due moments', () => {
  it('gives things back in order of due moment, equals in the order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (dues) => {
        const heap = new DueHeap<number>()
        dues.forEach((due, i) => {
          heap.push(due, i)
        })
        const expected = dues.map((due, i) => [due, i] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1])
        expect(dues.map(() => [heap.peekDueMs(), heap.pop()])).toEqual(expected)
        expect(heap.peekDueMs()).toBe(Number.POSITIVE_INFINITY)
      }),
    )
  })

  it('keeps its order when the earliest is put off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
        fc.integer({ min: 0, max: 20 }),
        (dues, putOff) => {
          const heap = new DueHeap<string>()
          for (const due of dues) heap.push(due, 'x')
          heap.replaceTop(putOff, 'late')
          const left = dues.map(() => {
            const due = heap.peekDueMs()
            heap.pop()
            return due
          })
          expect(left).toEqual([...left].sort((a, b) => a - b))
        },
      ),
    )
  })
})

describe('a bit set', () => {
  it('holds, counts and lists what was put in', () => {
    const members = fc.uniqueArray(fc.integer({ min: 0, max: 299 }))
    fc.assert(
      fc.property(members, members, (a, b) => {
        const [left, right] = [new BitSet(300), new BitSet(300)]
        for (const n of a) expect(left.add(n)).toBe(true)
        for (const n of b) right.add(n)
        for (const n of a) expect(left.add(n)).toBe(false)
        const only = a.filter((n) => !b.includes(n)).sort((x, y) => x - y)
        expect(left.count()).toBe(a.length)
        expect(left.countWithout(right)).toBe(only.length)
        expect(left.countWith(right)).toBe(a.length - only.length)
        expect(left.firstWithout(right, 5)).toEqual(only.slice(0, 5))
        expect(a.every((n) => left.has(n))).toBe(true)
      }),
    )
  })
})

describe('message ordinals', () => {
  const plan = testPlan({
    traffic: { mix: DEFAULT_MIX, people: 1, namespaces: 3 },
    phases: [livePhase(10, 10), livePhase(5, 5, { messages: { first: 10, count: 5 } })],
  })

  it('number all messages of all namespaces without gaps', () => {
    const ordinals = Array.from({ length: messageCount(plan) }, (_, ordinal) => ordinalOf(plan, indexAt(plan, ordinal)))
    expect(ordinals).toEqual(Array.from({ length: 45 }, (_, i) => i))
  })

  it('know what is not in the plan', () => {
    expect(ordinalOf(plan, 15)).toBe(-1)
    expect(ordinalOf(plan, 3 * NAMESPACE_STRIDE)).toBe(-1)
  })
})

describe('the nearest word', () => {
  it('is what was probably meant, or nothing', () => {
    expect(nearest('idempotnet', ['no-loss', 'idempotent'])).toBe('idempotent')
    expect(nearest('zebra', ['no-loss', 'idempotent'])).toBeUndefined()
  })
})
