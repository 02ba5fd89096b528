import { describe, expect, it } from 'vitest'
import type { Rehearsal } from '../../src/experiments/rehearse.ts'
import type { Prepared } from '../../src/run.ts'
import { invalid, keyExpiry, keys, signatures } from '../support/refusal-traffic.ts'
import { readied, rehearsal, verdictsThat } from '../support/rehearsals.ts'

const SEEDS = Array.from({ length: 8 }, (_, i) => i + 1)

describe.each([
  ['authenticates', 'no-auth', keys],
  ['authenticates', 'caches-key', keyExpiry],
  ['verifies-signature', 'no-signature', signatures],
  ['verifies-signature', 'signs-whole-batch', signatures],
  ['verifies-signature', 'reserialises', signatures],
  ['rejects-invalid', '500-on-malformed', invalid],
  ['rejects-invalid', '500-on-oversized', invalid],
  ['rejects-invalid', 'hangs-up-on-oversized', invalid],
] as const)('%s', (verdict, fault, prepared) => {
  it(`catches a partner that ${fault} in each of 8 runs`, async () => {
    for (const seed of SEEDS) {
      const caught = verdictsThat('fail', await rehearsal(prepared, seed, { faults: [fault] }))
      expect(caught, `seed ${seed}`).toContain(verdict)
    }
  })
})

describe.each([
  ['keys', keys],
  ['a key that expires', keyExpiry],
  ['signatures', signatures],
  ['invalid events', invalid],
] as const)('a sound partner that looks at %s', (_, prepared) => {
  it.each([
    ['answers 422 to what is malformed', ['answers-422']],
    ['answers 413 to what is too large for Segment', ['rejects-large(32KB)']],
    ['answers 500 now and then', ['status:500 10%']],
    ['resets connections before and after storing', ['reset 3%', 'reset-after-store 3%']],
    ['answers 429 and then accepts', ['429-then-accepts']],
  ] as const)('and %s is blamed for nothing', async (_, faults) => {
    for (const seed of SEEDS) {
      const outcome = await rehearsal(prepared, seed, { faults })
      expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)], `seed ${seed}`).toEqual([[], []])
    }
  })
})

describe('what is to be refused', () => {
  it('is counted apart, in sums that close', async () => {
    const { report } = await rehearsal(keys, 1)
    expect(report.counts).toMatchObject({ rejected: 60, rejectedAsExpected: 60, planned: report.counts.acked + 60 })
    const { expected, mayFound, mayAbsent, unwelcome } = report.audit
    expect(report.audit).toMatchObject({
      unwelcome: 60,
      unwelcomeFound: 0,
      rejectedFound: 0,
      mayFound: 0,
      mayAbsent: 0,
    })
    expect(expected + mayFound! + mayAbsent! + unwelcome!).toBe(report.counts.messages)
  })

  it('is no failure where its answers are shown', async () => {
    const { answers } = (await rehearsal(keys, 1)).report
    expect(answers.length).toBeGreaterThan(0)
    expect(answers.every(({ status, expected }) => status === 401 && expected === true)).toBe(true)
  })

  it('is found in the store of a partner that lets everybody in, and is no loss and no phantom', async () => {
    const { report } = await rehearsal(keys, 1, { faults: ['no-auth'] })
    expect(report.audit).toMatchObject({ unwelcome: 60, unwelcomeFound: 60, lost: 0, phantom: 0 })
    expect(failing(report)).toEqual(['authenticates'])
  })

  it('shows nothing where an outage met all of it, and valid traffic as well', async () => {
    const down = (atMs: number): boolean => atMs >= 90
    const outcome = await rehearsal(invalid, 1, { down })
    expect(statusOf(outcome, 'rejects-invalid')).toBe('unknown')
  })

  it('shows nothing where all is refused', async () => {
    const outcome = await rehearsal(keys, 1, { faults: ['status:401'] })
    expect(statusOf(outcome, 'authenticates')).toBe('unknown')
  })

  it('is asked for in vain where none was sent', async () => {
    const plain = await rehearsal(withoutRefusals, 1)
    expect(statusOf(plain, 'authenticates')).toBe('unknown')
  })

  it.each(['400', '404'])('with a wrong key is to meet 401 or 403, not %s', async (status) => {
    const outcome = await rehearsal(keys, 1, { faults: ['no-auth', `status:${status}@100ms-500ms`] })
    expect(statusOf(outcome, 'authenticates')).toBe('fail')
  })
})

describe('what is larger than Segment lets through', () => {
  it('may be taken, and is then asked for like all that was', async () => {
    const { report } = await rehearsal(invalid, 1)
    expect(report.audit).toMatchObject({ lost: 0, rejectedFound: 0, unwelcome: 40 })
    expect(claimOf(report, 'rejects-invalid')).toMatch(
      /^0 of 40 requests with invalid events .*; 0 of 20 requests with oversized events .*; 20 taken$/,
    )
    expect(claimOf(report, 'accepts-valid')).toMatch(/^0 of 109 refused/)
  })

  it('may be refused, which is no valid event refused', async () => {
    const { report } = await rehearsal(invalid, 1, { faults: ['rejects-large(32KB)'] })
    expect(report.counts).toMatchObject({ rejected: 60, rejectedAsExpected: 60 })
    expect(report.audit).toMatchObject({ lost: 0, unwelcome: 40, mayAbsent: 20 })
    expect(claimOf(report, 'rejects-invalid')).toMatch(/refused with 413$/)
    expect(failing(report)).toEqual([])
  })

  it('is told from what is malformed by who breaks by it', async () => {
    const { report } = await rehearsal(invalid, 1, { faults: ['hangs-up-on-oversized'] })
    expect(claimOf(report, 'rejects-invalid')).toBe(
      '20 of 20 requests with oversized events met no answer at every try',
    )
    expect(failing(report)).toEqual(['rejects-invalid'])
  })

  it('is lost like anything else once it was acknowledged', async () => {
    const { report } = await rehearsal(oversized, 1, { faults: ['loses(50%)'] })
    expect(failing(report)).toContain('no-loss')
    expect(report.verdicts.find(({ id }) => id === 'rejects-invalid')?.status).toBe('pass')
  })
})

const oversized: Prepared = readied({
  settle: '400ms',
  verdicts: ['no-loss', 'rejects-invalid'],
  phases: [{ name: 'oversized', rate: '50/s', duration: '400ms', expects: 'either', flaws: { names: ['oversized'] } }],
})

const withoutRefusals: Prepared = readied({
  settle: '400ms',
  verdicts: ['authenticates'],
  phases: [{ name: 'own', rate: '100/s', duration: '200ms' }],
})

function failing({ verdicts }: Rehearsal['report']): string[] {
  return verdicts.filter(({ status }) => status === 'fail').map(({ id }) => id)
}

function claimOf({ verdicts }: Rehearsal['report'], id: string): string | undefined {
  return verdicts.find((verdict) => verdict.id === id)?.claim
}

function statusOf({ report }: Rehearsal, id: string): string | undefined {
  return report.verdicts.find((verdict) => verdict.id === id)?.status
}
