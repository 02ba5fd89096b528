import { describe, expect, it } from 'vitest'
import { readied, rehearsal, verdictsThat } from '../support/rehearsals.ts'

const SEEDS = [1, 2]

/** Signed arrays of up to eight events, live with duplicates, races and shuffles, with a replay beside them. */
const batches = readied({
  settle: '1s',
  profile: 'actions',
  method: 'PUT',
  batch: 8,
  phases: [
    { name: 'live', rate: '50/s', duration: '1s', duplicates: '20%', racing: '20%', shuffle: '300ms' },
    {
      name: 'history',
      at: '500ms',
      rate: '50/s',
      duration: '1s',
      replay: { history: '400d', again: { phase: 'live', share: '30%' } },
    },
  ],
})
const signed = { sharedSecret: 'a secret of both' }

describe.each([
  ['no-loss', 'partial-batch', {}],
  ['no-loss', 'loses(5e-2)', {}],
  ['no-loss', 'drops-overflow', {}],
  ['no-loss', 'loses-in-burst(100/s)', {}],
  ['no-loss', 'loses-last-batch', {}],
  ['no-loss', 'acks-before-persist', { crashAtMs: 800 }],
  ['no-loss', 'loses-on-restart(400ms)', { crashAtMs: 800 }],
  ['no-phantom', 'invents 10%', {}],
  ['idempotent', 'no-dedupe', {}],
  ['idempotent', 'stores-on-retry 20%', {}],
  ['idempotent', 'rejects-duplicates', {}],
  ['unaltered', 'truncates', {}],
  ['event-time', 'replay-as-now', {}],
  ['accepts-valid', 'rejects-old(30d)', {}],
] as const)('%s', (verdict, fault, world) => {
  it(`catches a partner that ${fault} when events come in batches`, async () => {
    for (const seed of SEEDS) {
      const outcome = await rehearsal(batches, seed, { faults: [fault], ...signed, ...world })
      expect(verdictsThat('fail', outcome), `seed ${seed}`).toContain(verdict)
    }
  })
})

describe('a sound partner that gets batches is blamed for nothing', () => {
  it.each([
    ['that is plain', [], {}],
    ['that is killed and comes back', [], { crashAtMs: 800 }],
    ['that answers 503 now and then', ['status:503 5%'], {}],
    ['that resets connections before and after storing', ['reset 3%', 'reset-after-store 3%'], {}],
    ['that hangs now and then', ['hang 2%'], {}],
    ['that answers 503 at each first try', ['503-first-try'], {}],
    ['that loses answers after storing', ['lost-answer-stored'], {}],
  ] as const)('%s', async (_, faults, world) => {
    for (const seed of SEEDS) {
      const outcome = await rehearsal(batches, seed, { faults, ...signed, ...world })
      expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)], `seed ${seed}`).toEqual([[], []])
      expect(outcome.report.counts.messages).toBeGreaterThan(5 * outcome.report.counts.copies.first)
    }
  })
})
