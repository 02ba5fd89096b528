import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { SparseColumn } from '../../src/analysis/sparse-column.ts'

const places = fc.oneof(fc.nat(3000), fc.nat(2 ** 31))

test('a column holds at each place what was last set there, and 0 where nothing was', () => {
  const kinds = fc.constantFrom(
    [Uint8Array, 2 ** 8 - 1] as const,
    [Uint16Array, 2 ** 16 - 1] as const,
    [Uint32Array, 2 ** 32 - 1] as const,
    [Float64Array, Number.MAX_VALUE] as const,
  )
  const sets = fc.array(fc.tuple(places, fc.constantFrom(0, 1, 2 ** 8 - 1, 2 ** 16 - 1, 2 ** 32 - 1, 0.1)))
  const run = (
    [make, most]: typeof kinds extends fc.Arbitrary<infer K> ? K : never,
    said: readonly (readonly [place: number, value: number])[],
    other: number,
  ): void => {
    const column = new SparseColumn(make)
    const held = new Map<number, number>()
    for (const [place, value] of said) {
      const fits = Number.isInteger(value) ? Math.min(value, most) : 0
      column.set(place, fits)
      held.set(place, fits)
    }
    for (const [place, value] of held) expect(column.at(place)).toBe(value)
    expect(column.at(other)).toBe(held.get(other) ?? 0)
  }
  fc.assert(fc.property(kinds, sets, places, run))
})
