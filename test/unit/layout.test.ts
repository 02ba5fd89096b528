import { describe, expect, it } from 'vitest'
import { DEFAULT_MIX, SUITE, SUITE_SIZE } from '../../generators/journeys/mix.ts'
import { BLOCK_SIZE, interleave } from '../../generators/layout.ts'

describe('a block of messages', () => {
  it('is filled by the steps of the default mix and one twin', () => {
    const steps = DEFAULT_MIX.reduce((sum, journey) => sum + journey.steps.length, 0)
    expect(steps + 1).toBe(BLOCK_SIZE)
  })

  it('holds each step of each journey once, in order, and the twin after its source', () => {
    for (let number = 1; number <= 50; number++) {
      const { journeyAt, stepAt, twin, source, firstSlot } = interleave(DEFAULT_MIX, 7, number, [])
      expect(source).toBeLessThan(twin)
      expect([journeyAt[twin], stepAt[twin]]).toEqual([journeyAt[source], stepAt[source]])
      DEFAULT_MIX.forEach((journey, place) => {
        const slots = [...journeyAt.keys()].filter((slot) => journeyAt[slot] === place && slot !== twin)
        expect(slots.map((slot) => stepAt[slot])).toEqual([...journey.steps.keys()])
        expect(firstSlot[place]).toBe(slots[0])
      })
    }
  })

  it('begins with what it is told to begin with', () => {
    const { journeyAt, twin } = interleave(DEFAULT_MIX, 7, 0, SUITE)
    expect([...journeyAt.slice(0, SUITE_SIZE)]).toEqual([...SUITE])
    expect(twin).toBeGreaterThanOrEqual(SUITE_SIZE)
  })

  it('is laid out otherwise with another number or seed', () => {
    const layouts = [
      interleave(DEFAULT_MIX, 7, 1, []),
      interleave(DEFAULT_MIX, 7, 2, []),
      interleave(DEFAULT_MIX, 8, 1, []),
    ]
    expect(new Set(layouts.map(({ journeyAt }) => journeyAt.join())).size).toBe(3)
  })
})
