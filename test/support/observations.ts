import fc from 'fast-check'
import { COPIES } from '../../src/model/delivery.ts'
import { type AttemptObservation, NEXT_STEPS, type Observation } from '../../src/model/observation.ts'
import { OUTCOME_CLASSES } from '../../src/model/outcome.ts'

export const moment: fc.Arbitrary<number> = fc.double({ min: 0, max: 1e9, noNaN: true, noDefaultInfinity: true })
const duration = fc.float({ min: 0, max: 2 ** 22, noNaN: true, noDefaultInfinity: true })
const count = fc.nat(65_535)

const plainAttempt = fc.record({
  kind: fc.constant('attempt' as const),
  lane: count,
  seq: fc.nat(2 ** 31 - 1).map((n) => n * 2 + 1),
  phase: count,
  index: fc.maxSafeNat().map((n) => n % 2 ** 48),
  size: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 65_535 })),
  copy: fc.constantFrom(...COPIES),
  dueMs: moment,
  attempt: fc.integer({ min: 1, max: 65_535 }),
  attemptDueMs: moment,
  slotWaitMs: duration,
  pumpLagMs: duration,
  latencyMs: duration,
  connectMs: fc.oneof(duration, fc.constant(-1)),
  class: fc.constantFrom(...OUTCOME_CLASSES),
  status: count,
  ambiguous: fc.boolean(),
  next: fc.constantFrom(...NEXT_STEPS),
  retryAtMs: moment,
})
/** Any attempt that the format can hold, likely or not. */
export const attempt: fc.Arbitrary<AttemptObservation> = fc
  .tuple(plainAttempt, fc.option(fc.nat(255), { nil: undefined }), fc.boolean())
  .map(([plain, retryAfterS, lost]) => ({
    ...plain,
    ...(retryAfterS !== undefined && { retryAfterS }),
    ...(lost && { answerLost: true as const }),
  }))
const text = fc.string({ unit: 'binary', maxLength: 40 })
export const observation: fc.Arbitrary<Observation> = fc.oneof(
  { arbitrary: attempt, weight: 4 },
  fc.record({ kind: fc.constant('gave-up' as const), lane: count, seq: fc.nat(2 ** 31 - 1), atMs: moment }),
  fc.record({ kind: fc.constant('watermark' as const), untilMs: moment }),
  fc.record({ kind: fc.constant('mark' as const), atMs: moment, mark: fc.constant('signal' as const), text }),
  fc.record({
    kind: fc.constant('answer' as const),
    atMs: moment,
    lane: count,
    seq: count,
    attempt: count,
    class: fc.constantFrom(...OUTCOME_CLASSES),
    status: count,
    text: fc.oneof(text, fc.string({ minLength: 60_000, maxLength: 70_000 })),
  }),
  fc.record({ kind: fc.constant('end' as const), atMs: moment, complete: fc.boolean() }),
)
