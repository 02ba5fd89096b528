import { describe, expect, it } from 'vitest'
import type { Rehearsal } from '../../src/experiments/rehearse.ts'
import { readLedger } from '../../src/ledger/reader.ts'
import type { Observation } from '../../src/model/observation.ts'
import { readied, rehearsal, verdictsThat } from '../support/rehearsals.ts'

const objectives = {
  latency: 'p95 < 100ms',
  'server-errors': '< 3%',
  'success-rate': '>= 95%',
}
const lossy = readied({
  settle: '1s',
  phases: [{ name: 'live', rate: '100/s', duration: '3s', duplicates: '10%' }],
  lostAnswers: '30%',
  objectives,
})

function observed({ record }: Rehearsal): Observation[] {
  const observations: Observation[] = []
  for (const bytes of record.files) {
    readLedger(
      bytes(),
      (observation) => observations.push(observation),
      () => undefined,
    )
  }
  return observations
}

describe('answers that are lost on purpose', () => {
  it('are on record as our own doing, and every delivery still ends acked', async () => {
    const outcome = await rehearsal(lossy, 1)
    const lost = observed(outcome).filter((o) => o.kind === 'attempt' && o.answerLost)
    const { counts, classes, notes } = outcome.report
    expect(lost.length).toBeGreaterThan(50)
    expect(classes).toMatchObject({ local: lost.length, '2xx': counts.sent, reset: 0 })
    expect(counts.acked).toBe(counts.sent)
    expect(lost.every((o) => o.kind === 'attempt' && o.ambiguous && o.next === 'retry')).toBe(true)
    expect(notes.map(({ text }) => text).join()).toContain(`${lost.length} answers were lost on purpose`)
  })

  it('blame a sound partner for nothing, nor squall’s own timing', async () => {
    for (const faults of [[], ['slow(50ms)'], ['503-first-try'], ['lost-answer-stored']]) {
      const outcome = await rehearsal(lossy, 2, { faults })
      const errors = faults[0] === '503-first-try' ? ['server-errors'] : []
      expect([faults, verdictsThat('fail', outcome), verdictsThat('unknown', outcome)]).toEqual([faults, errors, []])
      expect(outcome.report.generator.timing).toBe('sound')
    }
  })

  it('show who stores an event again when its delivery is tried again', async () => {
    const once = readied({
      settle: '1s',
      phases: [{ name: 'live', rate: '100/s', duration: '2s' }],
      lostAnswers: '20%',
      verdicts: ['idempotent'],
    })
    expect(verdictsThat('fail', await rehearsal(once, 1, { faults: ['no-dedupe'] }))).toEqual(['idempotent'])
  })

  it('are the same for the same seed, and others for another', async () => {
    const lostOf = async (seed: number): Promise<string> => {
      const lost = observed(await rehearsal(lossy, seed)).filter((o) => o.kind === 'attempt' && o.answerLost)
      return lost.map((o) => (o.kind === 'attempt' ? `${o.lane}/${o.seq}/${o.attempt}` : '')).join()
    }
    expect(await lostOf(3)).toBe(await lostOf(3))
    expect(await lostOf(3)).not.toBe(await lostOf(4))
  })

  it('never end a delivery: the last try gets its answer, even if all others are lost', async () => {
    const all = readied({
      settle: '1s',
      phases: [{ name: 'live', rate: '20/s', duration: '1s' }],
      lostAnswers: '100%',
      retry: { retries: 3 },
    })
    const { counts, classes } = (await rehearsal(all, 1)).report
    expect([counts.acked, classes.local, counts.attempts]).toEqual([20, 60, 80])
  })
})
