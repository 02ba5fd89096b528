import { expect, test } from 'vitest'
import { crashPoint } from '../support/crash-point.ts'
import { mixedTraffic } from '../support/rehearsals.ts'

test('ten kills in virtual time: nothing sent is called never sent, and resumed, every run ends with six passes', async () => {
  let ambiguous = 0
  let unsent = 0
  for (let seed = 1; seed <= 10; seed++) {
    const point = await crashPoint(mixedTraffic, seed)
    expect({ seed, complaints: point.complaints }).toEqual({ seed, complaints: [] })
    ambiguous += point.ambiguous
    unsent += point.unsent
  }
  expect(ambiguous).toBeGreaterThan(0)
  expect(unsent).toBeGreaterThan(0)
})
