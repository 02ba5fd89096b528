import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditSummary } from '../../src/analysis/audit-summary.ts'
import type { RunFacts } from '../../src/analysis/run-facts.ts'
import { summarize } from '../../src/analysis/summarize.ts'
import { readLedger } from '../../src/ledger/reader.ts'
import type { Expectation } from '../../src/model/plan.ts'
import { type RoughRun, roughRun } from '../support/rough-run.ts'

const setting = fc.record({
  seed: fc.nat(2 ** 31),
  deliveries: fc.integer({ min: 1, max: 40 }),
  lanes: fc.integer({ min: 1, max: 4 }),
  writers: fc.integer({ min: 1, max: 2 }),
  stopAtMs: fc.oneof(fc.integer({ min: 0, max: 2500 }), fc.constant(1e9)),
  killAtMs: fc.oneof(fc.integer({ min: 0, max: 2500 }), fc.constant(1e9)),
})

/** As if a sound receiver were to treat all of it so. */
function judged({ plan, header, files, schedule }: RoughRun, expects: Expectation, withSchedule = true): RunFacts {
  return summarize({
    plan: { ...plan, phases: plan.phases.map((phase) => ({ ...phase, expects })) },
    header,
    schedule: withSchedule ? schedule : null,
    parts: files.map(
      ({ bytes }) =>
        (visit) =>
          readLedger([bytes], visit),
    ),
    messageIdAt: String,
  })
}

test('what is to be refused ends as everything does, in the same counts, and is told apart', () => {
  fc.assert(
    fc.property(setting, fc.boolean(), (one, withSchedule) => {
      const run = roughRun(one)
      const [plain, refused] = [judged(run, 'accepted', withSchedule), judged(run, 'refused', withSchedule)]
      const { rejectedAsExpected = 0, ...counts } = refused.summary.counts
      expect(counts).toEqual(plain.summary.counts)
      expect(rejectedAsExpected).toBe(counts.rejected)
      const [ends] = refused.phaseEnds
      expect(ends!.sent).toBe(ends!.accepted.count + ends!.rejected.count + ends!.broken.count + ends!.undecided)
      expect(Object.values(ends!.rejectedBy).reduce((sum, count) => sum + count, 0)).toBe(ends!.rejected.count)
    }),
    { numRuns: 60 },
  )
})

test('no message of it must exist or was refused wrongly, and each that was sent is unwelcome', () => {
  fc.assert(
    fc.property(setting, fc.boolean(), (one, withSchedule) => {
      const { standings, repeats, secondOffers } = judged(roughRun(one), 'refused', withSchedule)
      const { must, may, unwelcome, refused } = standings
      expect([must.count(), refused.count, repeats.sent, secondOffers.refused]).toEqual([0, 0, 0, 0])
      expect(unwelcome.words).toEqual(may.words)
      expect(auditSummary({ standings, findings: null }).unwelcome ?? 0).toBe(may.count())
    }),
    { numRuns: 60 },
  )
})
