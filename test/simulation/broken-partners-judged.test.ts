import { describe, expect, it } from 'vitest'
import { mixedTraffic, rehearsal, SOME_SEEDS, verdictsThat } from '../support/rehearsals.ts'

describe.each([
  ['no-loss', 'loses(5e-2)', {}],
  ['no-loss', 'loses-in-burst(200/s)', {}],
  ['no-loss', 'loses-last-batch', {}],
  ['no-loss', 'acks-before-persist', { crashAtMs: 800 }],
  ['no-loss', 'loses-on-restart(400ms)', { crashAtMs: 800 }],
  ['no-loss', 'dedupes-by-content', {}],
  ['no-loss', 'says-200-on-error 10%', {}],
  ['no-phantom', 'invents 10%', {}],
  ['idempotent', 'no-dedupe', {}],
  ['idempotent', 'dedupe-race', {}],
  ['idempotent', 'rejects-duplicates', {}],
  ['idempotent', 'short-dedupe-window(200ms)', {}],
  ['idempotent', 'dedupes-by-body', {}],
  ['idempotent', 'stores-on-5xx 20%', {}],
  ['idempotent', 'stores-on-retry 20%', {}],
  ['unaltered', 'truncates', {}],
  ['unaltered', 'rounds-numbers', {}],
  ['unaltered', 'mangles-unicode', {}],
  ['event-time', 'replay-as-now', {}],
  ['event-time', 'clamps-old(30d)', {}],
  ['event-time', 'trusts-sent-at', {}],
  ['accepts-valid', 'rejects-old(30d)', {}],
] as const)('%s', (verdict, fault, world) => {
  it(`catches a partner that ${fault} in each of many runs`, async () => {
    for (const seed of SOME_SEEDS) {
      expect(
        verdictsThat('fail', await rehearsal(mixedTraffic, seed, { faults: [fault], ...world })),
        `seed ${seed}`,
      ).toContain(verdict)
    }
  })
})
