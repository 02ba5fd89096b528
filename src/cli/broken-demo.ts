import type { Scenario } from '../index.ts'

/** Beside the six of every run. */
const USUAL = ['no-loss', 'no-phantom', 'idempotent', 'unaltered', 'event-time', 'accepts-valid']

/** What the embedded partner makes of orders. */
const ORDER_TOTALS = [{ event: 'Order Completed', pointer: '/properties/total', receipts: 'orderTotal' }]

/** What shows a fault that the demo's own traffic does not: alone, under a load or an objective of its own. */
interface Showing {
  readonly preset: string
  readonly changes: Partial<Scenario>
}

const SHOWINGS: ReadonlyMap<string, Showing> = new Map([
  // What it still holds at the end is stored within 4 s.
  ['loses-on-restart', { preset: 'demo', changes: { settle: '6s' } }],
  ['400-on-overload', { preset: 'overload', changes: {} }],
  ['never-recovers', { preset: 'overload', changes: {} }],
  ['last-write-by-arrival', { preset: 'orders', changes: { settle: '2s' } }],
  ['assumes-order', { preset: 'orders', changes: { settle: '2s' } }],
  ['rejects-unknown-fields', { preset: 'tolerance', changes: { settle: '2s' } }],
  ['dedupes-across-customers', { preset: 'customers', changes: { settle: '2s' } }],
  ['500-on-malformed', { preset: 'invalid', changes: { settle: '2s' } }],
  ['500-on-oversized', { preset: 'invalid', changes: { settle: '2s' } }],
  ['hangs-up-on-oversized', { preset: 'invalid', changes: { settle: '2s' } }],
  ['rejects-large', { preset: 'tolerance', changes: { settle: '2s' } }],
  ['no-auth', { preset: 'keys', changes: { settle: '2s' } }],
  ['caches-key', { preset: 'key-expiry', changes: { settle: '2s' } }],
  ['no-signature', { preset: 'signatures', changes: { settle: '2s' } }],
  ['signs-whole-batch', { preset: 'signatures', changes: { settle: '2s' } }],
  ['reserialises', { preset: 'signatures', changes: { settle: '2s' } }],
  [
    'lies-about-retry-after',
    {
      preset: 'live',
      changes: {
        rate: '20/s',
        declaredRate: '200/s',
        retry: { retryAfter: 'honour' },
        verdicts: [...USUAL, 'rate-limits'],
        settle: '2s',
      },
    },
  ],
  [
    'slower-than-declared',
    {
      preset: 'live',
      changes: {
        rate: '60/s',
        declaredRate: '60/s',
        retry: { retries: 2 },
        timeScale: 100,
        verdicts: [...USUAL, 'rate-limits'],
        settle: '2s',
      },
    },
  ],
  ['creeps', { preset: 'live', changes: { rate: '100/s', verdicts: [...USUAL, 'steady'], settle: '2s' } }],
  ['starves-live', { preset: 'replay-beside-live', changes: { settle: '2s' } }],
  ['chokes-on-burst', { preset: 'replay-beside-live', changes: { retry: { retries: 2 }, settle: '2s' } }],
  ['lags', { preset: 'live', changes: { verdicts: [...USUAL, 'visible-in-time'], settle: '5s' } }],
  ['resurrects', { preset: 'deletes', changes: { settle: '2s' } }],
  ['rejects-deletes', { preset: 'deletes', changes: { settle: '2s' } }],
  ['misreads', { preset: 'live', changes: { expect: ORDER_TOTALS, settle: '2s' } }],
  ['mails-on-replay', { preset: 'replay-burst', changes: { verdicts: [...USUAL, 'no-side-effects'], settle: '2s' } }],
  ['errors', { preset: 'live', changes: { objectives: { 'server-errors': '< 1%' } } }],
  ['slow', { preset: 'live', changes: { rate: '60/s', objectives: { latency: 'p99 < 500ms' } } }],
])

/** The preset that shows a fault. */
export function presetFor(faultName: string): string {
  return SHOWINGS.get(faultName)?.preset ?? 'demo'
}

/** The preset, against a partner with this fault. */
export function withShownFault(scenario: Scenario, fault: string, faultName: string): Scenario {
  const showing = SHOWINGS.get(faultName)
  const others = showing === undefined ? (scenario.partner?.faults ?? []) : []
  return { ...scenario, ...showing?.changes, partner: { ...scenario.partner, faults: [...others, fault] } }
}
