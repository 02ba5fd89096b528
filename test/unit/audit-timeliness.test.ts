import { describe, expect, test } from 'vitest'
import { Timeliness } from '../../src/analysis/audit-timeliness.ts'
import { BitSet } from '../../src/model/bit-set.ts'
import type { Standings } from '../../src/model/evidence.ts'

const LIMIT_MS = 1000

/** Messages acked at these moments; NaN: never. */
function standingsOf(ackedAtMs: readonly number[]): Standings {
  const must = bits(ackedAtMs.flatMap((atMs, ordinal) => (Number.isNaN(atMs) ? [] : [ordinal])))
  const none = { count: 0, examples: [] }
  return { must, ackedAtMs: Float32Array.from(ackedAtMs), refused: none } as unknown as Standings
}

function bits(ordinals: readonly number[]): BitSet {
  const set = new BitSet(8)
  for (const ordinal of ordinals) set.add(ordinal)
  return set
}

describe('whether messages could be read in time', () => {
  test('is asked of those alone that a first reading could have found in time', () => {
    const timeliness = new Timeliness(standingsOf([100, 900, 1500, Number.NaN]), LIMIT_MS)
    timeliness.note(bits([0, 1, 2]), 1700, 1800)
    expect(timeliness.facts()).toEqual({ limitMs: LIMIT_MS, followed: 2, late: 0, open: 0 })
  })

  test('is no, once a reading that began after the limit has missed one, even if it comes later', () => {
    const timeliness = new Timeliness(standingsOf([1000, 1000]), LIMIT_MS)
    timeliness.note(bits([]), 1100, 1200)
    timeliness.note(bits([]), 2000, 2100)
    timeliness.note(bits([0, 1]), 2500, 2600)
    expect(timeliness.facts()).toMatchObject({ followed: 2, late: 2, open: 0 })
  })

  test('is yes, where a reading that ended within the limit found it', () => {
    const timeliness = new Timeliness(standingsOf([1000]), LIMIT_MS)
    timeliness.note(bits([]), 1100, 1200)
    timeliness.note(bits([0]), 1900, 2000)
    expect(timeliness.facts()).toMatchObject({ followed: 1, late: 0, open: 0 })
  })

  test('is open, where it came between a reading before the limit and one after it', () => {
    const timeliness = new Timeliness(standingsOf([1000]), LIMIT_MS)
    timeliness.note(bits([]), 1100, 1200)
    timeliness.note(bits([0]), 1900, 2001)
    expect(timeliness.facts()).toMatchObject({ followed: 1, late: 0, open: 1 })
  })

  test('is open, where nobody read again', () => {
    const timeliness = new Timeliness(standingsOf([1000]), LIMIT_MS)
    timeliness.note(bits([]), 1100, 1200)
    expect(timeliness.facts()).toMatchObject({ followed: 1, late: 0, open: 1 })
  })
})
