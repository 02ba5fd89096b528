import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunFacts } from '../../src/analysis/run-facts.ts'
import { summarize } from '../../src/analysis/summarize.ts'
import { readLedger } from '../../src/ledger/reader.ts'
import type { DeliveryEnd } from '../../src/model/delivery-end.ts'
import { buildReport } from '../../src/report/build.ts'
import { resultJson } from '../../src/report/json.ts'
import { reportMarkdown } from '../../src/report/markdown.ts'
import { parseResult } from '../../src/report/parse-result.ts'
import { attempt, observation } from '../support/observations.ts'
import { evenDeliveries, recordedRun } from '../support/recorded.ts'
import { soundReport } from '../support/reports.ts'
import { keyOf, type RoughRun, type RoughSetting, roughRun, type TrueAttempt } from '../support/rough-run.ts'

const NEVER = 1e9
const moment = fc.oneof({ arbitrary: fc.integer({ min: 0, max: 2500 }), weight: 2 }, fc.constant(NEVER))
const setting: fc.Arbitrary<RoughSetting> = fc.record({
  seed: fc.nat(2 ** 31),
  deliveries: fc.integer({ min: 1, max: 40 }),
  lanes: fc.integer({ min: 1, max: 4 }),
  writers: fc.integer({ min: 1, max: 2 }),
  stopAtMs: moment,
  killAtMs: moment,
})
const unkilled = setting.map((one) => ({ ...one, killAtMs: NEVER }))
/** Where each file is cut, as a share of what follows its head. */
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 })

function judged(run: RoughRun, lengths: readonly number[], withSchedule = true): RunFacts {
  return summarize({
    plan: run.plan,
    header: run.header,
    schedule: withSchedule ? run.schedule : null,
    parts: run.files.map(
      ({ bytes }, i) =>
        (visit) =>
          readLedger([bytes.subarray(0, lengths[i])], visit),
    ),
    messageIdAt: String,
  })
}

function wholeLengths(run: RoughRun): number[] {
  return run.files.map(({ bytes }) => bytes.length)
}

function cutLengths(run: RoughRun, shares: readonly number[]): number[] {
  return run.files.map(({ bytes }, i) => {
    const start = headBytes(bytes)
    return start + Math.floor(shares[i]! * (bytes.length - start))
  })
}

function headBytes(bytes: Uint8Array): number {
  return 16 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)
}

function endsOf(run: RoughRun, facts: RunFacts): Map<string, DeliveryEnd> {
  const ends = new Map<string, DeliveryEnd>(run.deliveries.map((one) => [keyOf(one), 'acked']))
  for (const one of facts.unacked()) ends.set(keyOf(one), one.end)
  return ends
}

/** The attempts that had left when the last surviving byte was written. */
function surelySent(run: RoughRun, delivery: { lane: number; seq: number }, lengths: readonly number[]): TrueAttempt[] {
  const attempts = run.attempts.get(keyOf(delivery)) ?? []
  return attempts.filter(({ fileBytes }) => fileBytes <= lengths[run.fileOf(delivery.lane)]!)
}

function expectClosed(run: RoughRun, { summary }: RunFacts): void {
  const { counts, classes, retries, phases } = summary
  const { acked, rejected, exhausted, ambiguous, abandoned, sent, notSent, planned, copies } = counts
  expect(acked + rejected + exhausted + ambiguous + abandoned).toBe(sent)
  expect(sent + notSent).toBe(planned)
  expect(planned).toBe(run.deliveries.length)
  expect(copies.first + copies.duplicate + copies.replay).toBe(planned)
  expect(sumOf(Object.values(classes))).toBe(counts.attempts)
  expect(sumOf(retries.byAttempt.map((row) => row.sent))).toBe(counts.attempts)
  expect(sumOf(retries.byAttempt.map((row) => row.acked))).toBe(acked)
  expect(sumOf(summary.series.map((row) => row.sent))).toBe(counts.attempts)
  expect(sumOf(phases.map((phase) => phase.counts.attempts))).toBe(counts.attempts)
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** What became of a delivery of a run that came to its own end. */
function trueEnd(attempts: readonly TrueAttempt[]): DeliveryEnd {
  const last = attempts.at(-1)?.outcome
  if (last === undefined) return 'notSent'
  if (last.next === 'retry') return 'abandoned'
  const maybeStored = attempts.some(({ outcome }) => outcome?.ambiguous)
  return last.next === 'exhausted' && maybeStored ? 'ambiguous' : last.next
}

test('a ledger that came to its end tells of each delivery what truly became of it', () => {
  fc.assert(
    fc.property(unkilled, (one) => {
      const run = roughRun(one)
      const facts = judged(run, wholeLengths(run))
      expectClosed(run, facts)
      const ends = endsOf(run, facts)
      for (const delivery of run.deliveries) {
        expect(ends.get(keyOf(delivery))).toBe(trueEnd(run.attempts.get(keyOf(delivery)) ?? []))
      }
      expect(facts.ended).toBe(true)
    }),
    { numRuns: 100 },
  )
})

test('cut at any byte after a kill at any moment, accounts close and nothing sent before the cut is called never sent', () => {
  fc.assert(
    fc.property(setting, cuts, (one, shares) => {
      const run = roughRun(one)
      const lengths = cutLengths(run, shares)
      const facts = judged(run, lengths)
      expectClosed(run, facts)
      const ends = endsOf(run, facts)
      for (const delivery of run.deliveries) {
        expectHonest(ends.get(keyOf(delivery))!, surelySent(run, delivery, lengths))
      }
    }),
    { numRuns: 400 },
  )
})

/** The end that a cut ledger tells, against what had truly happened by then. */
function expectHonest(end: DeliveryEnd, sent: readonly TrueAttempt[]): void {
  const outcomes = sent.map(({ outcome }) => outcome)
  const last = outcomes.at(-1)
  if (end === 'notSent') expect(sent).toEqual([])
  if (end === 'acked' || end === 'rejected' || end === 'exhausted') expect(last?.next).toBe(end)
  if (end === 'exhausted') expect(outcomes.some((outcome) => outcome?.ambiguous)).toBe(false)
  if (end === 'abandoned') expect(outcomes.every((outcome) => outcome?.next === 'retry')).toBe(true)
}

test('a message must exist if and only if a copy was acked, and may exist if anything of it was sent', () => {
  fc.assert(
    fc.property(setting, cuts, (one, shares) => {
      const run = roughRun(one)
      const lengths = cutLengths(run, shares)
      const facts = judged(run, lengths)
      const { standings, summary } = facts
      const ends = endsOf(run, facts)
      const acked = new Set<number>()
      for (const delivery of run.deliveries) {
        const sent = surelySent(run, delivery, lengths)
        if (sent.some(({ outcome }) => outcome?.next === 'acked')) acked.add(delivery.index)
        if (ends.get(keyOf(delivery)) === 'acked') expect(standings.must.has(delivery.index)).toBe(true)
        if (sent.length > 0) expect(standings.may.has(delivery.index)).toBe(true)
        if (standings.must.has(delivery.index)) expect(standings.ackedAtMs[delivery.index]).toBeGreaterThan(0)
      }
      for (let index = 0; index < standings.must.size; index++) {
        if (standings.must.has(index)) expect(acked.has(index) && standings.may.has(index)).toBe(true)
        if (facts.ended) expect(standings.must.has(index)).toBe(acked.has(index))
        if (standings.refusedSet.has(index)) expect(standings.must.has(index)).toBe(false)
      }
      expect(standings.may.count()).toBe(summary.counts.messages)
    }),
    { numRuns: 150 },
  )
})

test('without the schedule, attempts on record still count and nothing sent before the cut is called never sent', () => {
  fc.assert(
    fc.property(setting, cuts, (one, shares) => {
      const run = roughRun(one)
      const lengths = cutLengths(run, shares)
      const facts = judged(run, lengths, false)
      expectClosed(run, facts)
      const sent = run.deliveries.filter((delivery) => surelySent(run, delivery, lengths).length > 0)
      expect(facts.summary.counts.sent).toBeGreaterThanOrEqual(sent.length)
      for (const delivery of sent) expect(facts.standings.may.has(delivery.index)).toBe(true)
      expect(facts.summary.counts.attempts).toBe(judged(run, lengths).summary.counts.attempts)
    }),
    { numRuns: 150 },
  )
})

test('the same ledgers give the same facts, whichever file is read first', () => {
  fc.assert(
    fc.property(setting, cuts, (one, shares) => {
      const run = roughRun(one)
      const lengths = cutLengths(run, shares)
      const other = judged({ ...run, files: run.files.toReversed() }, lengths.toReversed())
      expect(JSON.stringify(other.summary)).toBe(JSON.stringify(judged(run, lengths).summary))
      expect(other.notes).toEqual(judged(run, lengths).notes)
    }),
    { numRuns: 100 },
  )
})

test('records that no run can have made still give accounts that close and a valid report', () => {
  const near = attempt.map((one) => ({
    ...one,
    lane: 0,
    seq: one.seq % 12,
    attempt: 1 + (one.attempt % 12),
    phase: 0,
    index: 0,
  }))
  const far = observation.map((one) => ('atMs' in one ? { ...one, atMs: one.atMs * 1e290 } : one))
  fc.assert(
    fc.property(fc.array(fc.oneof(near, observation, far), { maxLength: 40 }), fc.boolean(), (observations, ended) => {
      const recorded = recordedRun(evenDeliveries(10, 100), observations, { ended })
      const facts = summarize(recorded)
      const { counts, classes } = facts.summary
      expect(counts.sent + counts.notSent).toBe(10)
      expect(sumOf(Object.values(classes))).toBe(counts.attempts)
      const { audit, verdicts, notTested } = soundReport()
      const report = buildReport({ ...recorded, ...facts, audit, verdicts, notTested, exitCode: 0 })
      expect(parseResult(resultJson(report)).counts).toEqual(counts)
      expect(reportMarkdown(report)).toContain('What became of the deliveries')
    }),
    { numRuns: 60 },
  )
})
