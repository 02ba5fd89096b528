import { describe, expect, test } from 'vitest'
import type { StreamPlan } from '../../src/model/stream.ts'
import type { Prepared } from '../../src/run.ts'
import { readied, rehearsal, verdictsThat } from '../support/rehearsals.ts'

const stream = readied({
  settle: '1s',
  profile: 'stream',
  batch: 40,
  phases: [{ name: 'live', rate: '4/s', duration: '4s', duplicates: '20%', shuffle: '300ms' }],
})

/** The same where Segment takes less. */
function withLimits(limits: Partial<StreamPlan>): Prepared {
  const { plan } = stream
  return { ...stream, plan: { ...plan, stream: { ...plan.stream!, ...limits } } }
}

describe('a stream whose batches are longer than may be', () => {
  test('sends them in parts, and its accounts close', async () => {
    const whole = await rehearsal(stream, 1)
    const parted = await rehearsal(withLimits({ batchBytesMax: 6000 }), 1)
    for (const { report, facts } of [whole, parted]) {
      const { counts } = report
      expect(counts).toMatchObject({ planned: counts.sent, acked: counts.sent, notSent: 0 })
      const { first, duplicate, replay } = parted.record.header.planned
      if (report === parted.report) expect(counts.planned).toBe(first + duplicate + replay)
      expect(counts.messages).toBe(whole.report.counts.messages)
      expect(facts.notes).toEqual([])
    }
    expect(parted.report.counts.sent).toBeGreaterThan(3 * whole.report.counts.sent)
    expect([verdictsThat('fail', parted), verdictsThat('unknown', parted)]).toEqual([[], []])
  })

  test('goes on to say so when answers fail', async () => {
    const outcome = await rehearsal(withLimits({ batchBytesMax: 6000 }), 2, { faults: ['status:503 20%'] })
    expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)]).toEqual([[], []])
    expect(outcome.report.counts.attempts).toBeGreaterThan(outcome.report.counts.sent)
  })
})

test('an event that alone is too long is named, not sent, and missed by nobody', async () => {
  const outcome = await rehearsal(withLimits({ eventBytesMax: 700 }), 1)
  const { counts, notes } = outcome.report
  const whole = await rehearsal(stream, 1)
  const [, left = '0'] = /^(\d+) events were left out, longer than the 700 bytes/.exec(notes[0]?.text ?? '') ?? []
  expect(notes[0]?.text).toMatch(/: [0-9a-f-]{36} \([789]\d\d bytes\), /)
  expect(Number(left)).toBeGreaterThan(0)
  expect(counts.messages).toBe(whole.report.counts.messages - Number(left))
  expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)]).toEqual([[], []])
})
