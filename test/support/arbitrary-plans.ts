import fc from 'fast-check'
import { DEFAULT_MIX } from '../../src/model/mix.ts'
import { countOf } from '../../src/model/pace.ts'
import { ORDINARY, type PacePiece, type PacePlan, type PhasePlan, type Plan } from '../../src/model/plan.ts'
import { testPlan } from './plans.ts'

/** Curves of one to four pieces, with pauses, ramps and steps, of a few hundred copies at most. */
export const curves: fc.Arbitrary<PacePiece[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 4000 }), rates(), rates()), { minLength: 1, maxLength: 4 })
  .map((parts) => {
    let toMs = 0
    return parts.map(([lengthMs, fromPerSecond, toPerSecond]) => {
      const fromMs = toMs
      toMs += lengthMs
      return { fromMs, toMs, fromPerSecond, toPerSecond }
    })
  })

function rates(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 6000 }).map((n) => n / 100),
  )
}

const paces: fc.Arbitrary<PacePlan> = fc.record({ arrivals: fc.constantFrom('even', 'poisson'), pieces: curves })

const phases: fc.Arbitrary<PhasePlan> = fc
  .record({
    pace: paces,
    startMs: fc.integer({ min: 0, max: 3000 }),
    envelope: fc.constantFrom('live', 'replay'),
    shuffleMs: fc.constantFrom(0, 1, 700),
    copies: fc.record({
      duplicateShare: fc.constantFrom(0, 0.3),
      racingShare: fc.constantFrom(0, 0.2),
      lagMeanMs: fc.constantFrom(10, 500),
    }),
  })
  .map((part) => ({
    ...part,
    name: 'phase',
    durationMs: part.pace.pieces.at(-1)!.toMs,
    messages: { first: 0, count: countOf(part.pace) },
    again: { first: 0, count: 0 },
    historyMs: 0,
    ...ORDINARY,
  }))

/** Two phases; the second one repeats some of what the first one sends. */
export const plans: fc.Arbitrary<Plan> = fc
  .record({
    first: phases,
    second: phases,
    again: fc.double({ min: 0, max: 1, noNaN: true }),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    lanes: fc.integer({ min: 1, max: 9 }),
    namespaces: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ first, second, again, seed, lanes, namespaces }) => {
    const { count } = first.messages
    const repeated = Math.min(Math.floor(again * count), second.messages.count)
    const own = { first: count, count: second.messages.count - repeated }
    return testPlan({
      seed,
      lanes,
      traffic: { mix: DEFAULT_MIX, people: 10, namespaces },
      phases: [first, { ...second, messages: own, again: { first: count - repeated, count: repeated } }],
    })
  })
