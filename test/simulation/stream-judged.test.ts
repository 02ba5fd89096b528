import { describe, expect, it } from 'vitest'
import { judge } from '../../src/judge.ts'
import { withOverrides } from '../../src/scenario/overrides.ts'
import type { Scenario } from '../../src/scenario/schema.ts'
import { readied, rehearsal, verdictsThat } from '../support/rehearsals.ts'

const batches: Omit<Scenario, 'name'> = {
  profile: 'stream',
  batch: 5,
  settle: '500ms',
  phases: [{ name: 'live', rate: '40/s', events: 300, duplicates: '20%', lag: '100ms' }],
}
const sound = readied(batches)
const history = readied({
  ...batches,
  phases: [{ name: 'history', rate: '40/s', events: 50, replay: { history: '60d' } }],
})

describe('in virtual time a Stream’s run', () => {
  it.each([
    ['that meets nothing', []],
    ['that meets 503s, resets and silence', ['status:503 5%', 'reset 3%', 'reset-after-store 3%', 'hang 1%']],
    ['whose answers are lost', ['lost-answer-stored 10%']],
  ])('%s passes, and its sum closes', async (_, faults) => {
    for (const seed of [1, 2, 3]) {
      const outcome = await rehearsal(sound, seed, { faults })
      expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)], `seed ${seed}`).toEqual([[], []])
      const { expected, found, discarded, lost } = outcome.report.audit
      expect([found, discarded, lost]).toEqual([expected, 0, 0])
    }
  })

  it('whose calls are single ones passes too', async () => {
    const { batch: _, ...single } = batches
    const outcome = await rehearsal(readied(single), 1)
    expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)]).toEqual([[], []])
  })

  it.each([
    ['no-loss', 'loses(2e-1)'],
    ['idempotent', 'no-dedupe'],
    ['unaltered', 'rounds-numbers'],
    ['event-time', 'clamps-old(30d)'],
  ])('is failed by %s where the API %s', async (verdict, fault) => {
    const played = verdict === 'event-time' ? history : sound
    expect(verdictsThat('fail', await rehearsal(played, 1, { faults: [fault] }))).toContain(verdict)
  })

  it('is failed by stream-rate where its ceiling is eighty a second', async () => {
    const fast = readied(withOverrides({ name: 'fast', ...batches }, { ceiling: '80/s', rate: '120/s' }))
    const outcome = await rehearsal(fast, 1)
    expect(verdictsThat('fail', outcome)).toEqual(['stream-rate'])
  })

  it('is failed by stream-discards where it shows a wrong write key, and the table tells how many were discarded', async () => {
    const wrong = { name: 'wrong', at: '2s', rate: '20/s', events: 10, credentials: 'wrong' } as const
    const outcome = await rehearsal(readied({ ...batches, phases: [...batches.phases, wrong] }), 1)
    expect(verdictsThat('fail', outcome)).toEqual(['no-loss', 'stream-discards'])
    const { expected, found, discarded, lost } = outcome.report.audit
    expect(discarded).toBeGreaterThan(0)
    expect([lost, found! + discarded!]).toEqual([0, expected])
    expect(outcome.report.verdicts.find(({ id }) => id === 'stream-discards')!.claim).toContain('unknown_source')
    // What the discards said is on record: the same ledger gives the same report.
    expect(judge(outcome.record).report).toEqual(outcome.report)
  })

  it('leaves out an event that is too large, and names it', async () => {
    const properties = { text: '{{event.uuid}}'.repeat(1100) }
    const templates = [{ type: 'track', event: 'Report Exported', weight: 5, properties }] as const
    const { report } = await rehearsal(readied({ ...batches, templates, mix: { newsletter: 1 } }), 1)
    expect(report.notes.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/left out, longer than the 32768/),
    )
    expect(report.audit.lost).toBe(0)
  })
})
