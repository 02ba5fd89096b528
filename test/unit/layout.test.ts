import { describe, expect, it } from 'vitest'
import { cycleOf, SUITE_SIZE, suiteOf } from '../../generators/cycle.ts'
import { JOURNEYS } from '../../generators/journeys/journeys.ts'
import { interleave } from '../../generators/layout.ts'
import { DEFAULT_MIX, JOURNEY_NAMES, MIXES } from '../../src/model/mix.ts'

const cycle = cycleOf(DEFAULT_MIX)
const { journeys } = cycle.blocks[0]!

describe('a cycle of a mix', () => {
  it('deals each journey out as often as its weight says, into blocks of about a hundred', () => {
    const dealt = cycle.blocks.flatMap((block) => block.journeys)
    for (const [name, weight] of Object.entries(DEFAULT_MIX)) {
      expect(dealt.filter((journey) => journey === JOURNEYS[name]).length).toBe(weight)
    }
    for (const { size } of cycle.blocks) expect(Math.abs(size - 110)).toBeLessThan(25)
    expect(cycle.length).toBe(cycle.blocks.reduce((sum, { size }) => sum + size, 0))
  })

  it('of a single journey repeats it until a block is full', () => {
    for (const name of JOURNEY_NAMES) {
      const { blocks, length } = cycleOf({ [name]: 1 })
      expect(new Set(blocks.flatMap((block) => block.journeys))).toEqual(new Set([JOURNEYS[name]]))
      expect(length).toBeGreaterThanOrEqual(100)
    }
  })

  it('identifies the same people only in places that are at least three blocks apart, from turn to turn too', () => {
    const places = cycle.blocks.flatMap(({ journeys, families }, block) =>
      journeys.flatMap(({ steps, returns, client }, place) =>
        returns && steps.some(({ call }) => call.type === 'identify' || call.type === 'group')
          ? { block, client, family: families[place]! }
          : [],
      ),
    )
    const shared = [...Map.groupBy(places, ({ family }) => family).values()].filter(({ length }) => length > 1)
    expect(shared.length).toBeGreaterThan(10)
    for (const family of shared) {
      expect(new Set(family.map(({ client }) => client)).size).toBe(1)
      const blocks = family.map(({ block }) => block)
      const gaps = blocks.map((block, i) => (blocks[i + 1] ?? cycle.blocks.length + blocks[0]!) - block)
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3)
    }
  })

  it('has only journeys that there are, and refuses others', () => {
    expect([...JOURNEY_NAMES].sort()).toEqual(Object.keys(JOURNEYS).sort())
    for (const mix of Object.values(MIXES)) expect(cycleOf(mix).length).toBeGreaterThan(100)
    expect(() => cycleOf({ shoping: 1 })).toThrow('no journey "shoping"')
  })
})

describe('a block of messages', () => {
  it('holds each step of each journey once, in order, and the twin after its source', () => {
    for (let number = 1; number <= 50; number++) {
      const { placeAt, stepAt, twin, source, firstSlot } = interleave(journeys, 7, number, [])
      expect(placeAt.length).toBe(cycle.blocks[0]!.size)
      expect(source).toBeLessThan(twin)
      expect([placeAt[twin], stepAt[twin]]).toEqual([placeAt[source], stepAt[source]])
      journeys.forEach((journey, place) => {
        const slots = [...placeAt.keys()].filter((slot) => placeAt[slot] === place && slot !== twin)
        expect(slots.map((slot) => stepAt[slot])).toEqual([...journey.steps.keys()])
        expect(firstSlot[place]).toBe(slots[0])
      })
    }
  })

  it('begins with what it is told to begin with', () => {
    const suite = suiteOf(cycle)
    const { placeAt, twin } = interleave(journeys, 7, 0, suite)
    expect([...placeAt.slice(0, SUITE_SIZE)]).toEqual([...suite])
    expect(twin).toBeGreaterThanOrEqual(SUITE_SIZE)
  })

  it('is laid out otherwise with another number or seed', () => {
    const layouts = [interleave(journeys, 7, 1, []), interleave(journeys, 7, 2, []), interleave(journeys, 8, 1, [])]
    expect(new Set(layouts.map(({ placeAt }) => placeAt.join())).size).toBe(3)
  })
})
