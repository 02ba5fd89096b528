import type { Prepared } from '../../src/run.ts'
import { DEFAULT_VERDICTS } from '../../src/scenario/verdicts.ts'
import { readied } from './rehearsals.ts'

/** People live, are deleted, and all that came is replayed in another order. */
export const lives: Prepared = readied({
  settle: '500ms',
  mix: { erasure: 4, 'quick-order': 1 },
  verdicts: [...DEFAULT_VERDICTS, 'deletes'],
  phases: [
    { name: 'live', rate: '500/s', events: 120, duplicates: '10%', lag: '100ms' },
    {
      name: 'again',
      at: '700ms',
      rate: '800/s',
      duration: '150ms',
      shuffle: '200ms',
      replay: { again: { phase: 'live', share: '100%' } },
    },
  ],
})

/** Orders and identifies, live and twice, and a replay of some of them and of history. */
export const orders: Prepared = readied({
  settle: '500ms',
  mix: { 'quick-order': 3, 'server-sync': 1 },
  verdicts: [...DEFAULT_VERDICTS, 'no-side-effects'],
  expect: [
    { event: 'Order Completed', pointer: '/properties/total', receipts: 'orderTotal' },
    { type: 'identify', pointer: '/traits/plan', state: 'plan' },
  ],
  phases: [
    { name: 'live', rate: '400/s', events: 120, duplicates: '10%', racing: '5%', lag: '100ms' },
    {
      name: 'again',
      at: '200ms',
      rate: '400/s',
      duration: '300ms',
      replay: { history: '400d', again: { phase: 'live', share: '50%' } },
    },
  ],
})
