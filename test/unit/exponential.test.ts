import { expect, test } from 'vitest'
import { EXPONENTIAL_MAX, exponential } from '../../generators/schedule/exponential.ts'
import { hash32 } from '../../src/model/hash.ts'

test('an exponential draw is minus the logarithm of its bits as a fraction', () => {
  for (let i = 0; i < 10_000; i++) {
    const bits = hash32(1, i)
    expect(exponential(bits)).toBeCloseTo(-Math.log((bits + 1) / 2 ** 32), 11)
  }
})

test('no bits give a draw below zero or above the stated greatest', () => {
  expect(exponential(2 ** 32 - 1)).toBe(0)
  expect(exponential(2 ** 32 - 2)).toBeGreaterThan(0)
  expect(exponential(0)).toBeGreaterThan(22.18)
  expect(exponential(0)).toBeLessThan(EXPONENTIAL_MAX)
})
