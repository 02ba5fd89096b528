import type { Prepared } from '../../src/run.ts'
import { DEFAULT_VERDICTS } from '../../src/scenario/verdicts.ts'
import { readied } from './rehearsals.ts'

/** The customer's own key, and beside it wrong ones and none. */
export const keys: Prepared = readied({
  settle: '400ms',
  verdicts: [...DEFAULT_VERDICTS, 'authenticates'],
  phases: [
    { name: 'own', rate: '200/s', duration: '600ms', duplicates: '10%', lag: '50ms' },
    { name: 'wrong', at: '100ms', rate: '100/s', duration: '300ms', expects: 'refused', credentials: 'wrong' },
    { name: 'missing', at: '100ms', rate: '100/s', duration: '300ms', expects: 'refused', credentials: 'missing' },
  ],
})

/** A second key that expires in the middle, with time to spare on either side: a machine may stall. */
export const keyExpiry: Prepared = readied({
  settle: '400ms',
  verdicts: [...DEFAULT_VERDICTS, 'authenticates'],
  phases: [
    { name: 'own', rate: '100/s', duration: '1200ms', duplicates: '10%', lag: '50ms' },
    { name: 'good', at: '100ms', rate: '100/s', duration: '300ms', credentials: 'expired' },
    { name: 'expired', at: '4s', rate: '100/s', duration: '300ms', expects: 'refused', credentials: 'expired' },
  ],
})

/** Arrays that are signed, and beside them some that are signed wrongly or not at all. */
export const signatures: Prepared = readied({
  settle: '400ms',
  profile: 'actions',
  batch: 4,
  verdicts: [...DEFAULT_VERDICTS, 'verifies-signature'],
  phases: [
    { name: 'signed', rate: '100/s', duration: '600ms', duplicates: '10%', lag: '50ms' },
    { name: 'wrong', at: '100ms', rate: '50/s', duration: '300ms', expects: 'refused', signature: 'wrong' },
    { name: 'missing', at: '100ms', rate: '50/s', duration: '300ms', expects: 'refused', signature: 'missing' },
  ],
})

/** Valid events, and beside them such as must be refused, and a few that may be. */
export const invalid: Prepared = readied({
  settle: '400ms',
  verdicts: [...DEFAULT_VERDICTS, 'rejects-invalid'],
  phases: [
    { name: 'valid', rate: '200/s', duration: '600ms', duplicates: '10%', lag: '50ms' },
    {
      name: 'malformed',
      at: '100ms',
      rate: '100/s',
      duration: '400ms',
      expects: 'refused',
      flaws: { names: ['not-json', 'not-an-object', 'no-type', 'unknown-type', 'no-id', 'no-event-name'] },
    },
    {
      name: 'oversized',
      at: '100ms',
      rate: '50/s',
      duration: '400ms',
      expects: 'either',
      flaws: { names: ['oversized'] },
    },
  ],
})
