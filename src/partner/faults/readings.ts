import type { FaultDefinition } from './fault.ts'

/** Receivers that keep what they should, and tell it in a way of their own. */
export const READINGS: readonly FaultDefinition[] = [
  {
    name: 'unordered-receipts',
    meaning: 'tells receipts page by page, each in no order and with some of the page before',
    caughtBy: '',
    drawn: 'never',
    make: () => () => ({ pageOverlap: () => 25 }),
  },
]
