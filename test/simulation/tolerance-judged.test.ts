import { describe, expect, it } from 'vitest'
import { rehearsal, SOME_SEEDS, verdictsThat } from '../support/rehearsals.ts'
import { unusualTraffic } from '../support/unusual-traffic.ts'

describe('tolerant', () => {
  it('catches a partner that rejects-unknown-fields in each of many runs', async () => {
    for (const seed of SOME_SEEDS) {
      const outcome = await rehearsal(unusualTraffic, seed, { faults: ['rejects-unknown-fields'] })
      const { claim } = outcome.report.verdicts.find(({ id }) => id === 'tolerant')!
      expect(verdictsThat('fail', outcome), `seed ${seed}`).toContain('tolerant')
      expect(claim).toMatch(/refused for good \(unknown-fields \d+\)$/)
    }
  })
})

describe('unusual events blame no sound partner', () => {
  it.each([
    ['that is plain', []],
    ['that answers 503 now and then', ['status:503 5%']],
    ['that loses answers after storing', ['lost-answer-stored']],
    ['that answers 503 at each first try', ['503-first-try']],
    ['that shows what it stored half a second later', ['visible-late(500ms)']],
  ] as const)('%s, in many runs', async (_, faults) => {
    for (const seed of SOME_SEEDS) {
      const outcome = await rehearsal(unusualTraffic, seed, { faults })
      expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)], `seed ${seed}`).toEqual([[], []])
    }
  })
})
