import { flawNamesBy } from '../../src/model/flaws.ts'
import type { Prepared } from '../../src/run.ts'
import { readied } from './rehearsals.ts'

/** Live traffic, most of it with one of all valid flaws, with duplicates, races and shuffles. */
export const unusualTraffic: Prepared = readied({
  settle: '1s',
  mix: { 'sign-up': 2, 'mobile-session': 3, 'quick-order': 2, teamwork: 1, erasure: 6 },
  verdicts: ['no-loss', 'no-phantom', 'idempotent', 'unaltered', 'event-time', 'accepts-valid', 'tolerant'],
  phases: [
    {
      name: 'live',
      rate: '300/s',
      duration: '700ms',
      duplicates: '15%',
      lag: '150ms',
      racing: '10%',
      shuffle: '50ms',
      flaws: { names: flawNamesBy('accepted'), share: '80%' },
    },
  ],
})
