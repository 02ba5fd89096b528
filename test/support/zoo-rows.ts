import type { ZooTraffic } from './zoo-traffic.ts'

/** A receiver of the zoo: what it does, what must catch it, and what is sent to show it. */
export interface ZooRow {
  readonly name: string
  /** As `parseFault` reads them. */
  readonly faults: readonly string[]
  /** Each of them must fail; none: it is sound, and none may. */
  readonly verdicts: readonly string[]
  readonly traffic: ZooTraffic
  /** How it is met on real sockets: by this traffic, or by `squall demo --broken` of its first fault. */
  readonly real: ZooTraffic | 'demo'
  /** When it is killed and comes up again, in milliseconds after the run's start. */
  readonly crashAtMs?: number
  /** Whether requests are signed, and it knows the secret. */
  readonly signed?: true
}

type More = Partial<Pick<ZooRow, 'traffic' | 'real' | 'crashAtMs' | 'signed'>>

const USUAL = { traffic: 'mixed', real: 'brief' } as const

function broken(verdict: string, fault: string, more: More = {}): ZooRow {
  return { name: fault, faults: [fault], verdicts: [verdict], ...USUAL, ...more }
}

function pair(faults: readonly string[], verdicts: readonly string[], more: More = {}): ZooRow {
  return { name: faults.join(' + '), faults, verdicts, ...USUAL, ...more }
}

function sound(name: string, faults: readonly string[] = [name], more: More = {}): ZooRow {
  return { name, faults, verdicts: [], ...USUAL, ...more }
}

const ORDERS = { traffic: 'orders', real: 'demo' } as const
const SPIKE = { traffic: 'spike', real: 'spike' } as const
const BATCHES = { traffic: 'batches', real: 'batches', signed: true } as const
const CUSTOMERS = { traffic: 'customers', real: 'customers' } as const
const STEADY = { traffic: 'steady', real: 'steady' } as const

const BESIDE = { traffic: 'beside', real: 'beside' } as const
const SIGNATURES = { traffic: 'signatures', real: 'demo' } as const
const CONSEQUENCES = { traffic: 'consequences', real: 'demo' } as const

export const BROKEN_ROWS: readonly ZooRow[] = [
  broken('no-loss', 'loses(1e-3)', { traffic: 'many', real: 'many' }),
  broken('no-loss', 'loses-in-burst(200/s)'),
  broken('no-loss', 'loses-last-batch'),
  broken('no-loss', 'acks-before-persist', { crashAtMs: 800, real: 'demo' }),
  broken('no-loss', 'loses-on-restart(400ms)', { crashAtMs: 800, real: 'demo' }),
  broken('no-loss', 'dedupes-by-content'),
  broken('no-loss', 'dedupes-across-customers', CUSTOMERS),
  broken('no-loss', 'says-200-on-error 10%'),
  broken('no-loss', 'partial-batch', BATCHES),
  broken('no-loss', 'drops-overflow(100/s)', BATCHES),
  broken('no-phantom', 'invents 10%'),
  broken('idempotent', 'no-dedupe'),
  broken('idempotent', 'dedupe-race'),
  broken('idempotent', 'short-dedupe-window(50ms)'),
  broken('idempotent', 'dedupes-by-body'),
  broken('idempotent', 'stores-on-5xx 20%'),
  broken('idempotent', 'stores-on-retry 20%'),
  broken('idempotent', 'rejects-duplicates'),
  broken('unaltered', 'truncates'),
  broken('unaltered', 'mangles-unicode'),
  broken('unaltered', 'rounds-numbers'),
  broken('event-time', 'replay-as-now'),
  broken('event-time', 'clamps-old(30d)'),
  broken('event-time', 'trusts-sent-at'),
  broken('accepts-valid', 'rejects-old(30d)'),
  broken('accepts-valid', 'rejects-large(16KB)', { traffic: 'unusual', real: 'unusual' }),
  broken('order-independent', 'last-write-by-arrival', ORDERS),
  broken('order-independent', 'assumes-order', { ...ORDERS, traffic: 'few orders' }),
  broken('retry-discipline', '400-on-overload(60)', SPIKE),
  broken('recovers', 'never-recovers(60)', SPIKE),
  broken('latency', 'slow(700ms)', STEADY),
  broken('throughput', 'status:400', STEADY),
  broken('server-errors', 'errors(35%)', STEADY),
  broken('success-rate', 'status:400 40%', STEADY),
  broken('tolerant', 'rejects-unknown-fields', { traffic: 'unusual', real: 'unusual' }),
  broken('rejects-invalid', '500-on-malformed', { traffic: 'invalid', real: 'invalid' }),
  broken('rejects-invalid', '500-on-oversized(32KB)', { traffic: 'invalid', real: 'invalid' }),
  broken('rejects-invalid', 'hangs-up-on-oversized(32KB)', { traffic: 'invalid', real: 'invalid' }),
  broken('authenticates', 'no-auth', { traffic: 'keys', real: 'demo' }),
  broken('authenticates', 'caches-key', { traffic: 'key expiry', real: 'demo' }),
  broken('verifies-signature', 'no-signature', SIGNATURES),
  broken('verifies-signature', 'signs-whole-batch', SIGNATURES),
  broken('verifies-signature', 'reserialises', SIGNATURES),
  broken('rate-limits', 'lies-about-retry-after(5s)', { traffic: 'quiet', real: 'quiet' }),
  broken('rate-limits', 'slower-than-declared(8)', { traffic: 'pressing', real: 'pressing' }),
  broken('steady', 'creeps(20ms)', { traffic: 'even', real: 'even' }),
  broken('live-under-replay', 'starves-live(2s)', BESIDE),
  broken('replay-burst', 'chokes-on-burst(40)', BESIDE),
  broken('visible-in-time', 'lags(60s)', { traffic: 'visible', real: 'demo' }),
  broken('deletes', 'resurrects', { traffic: 'lives', real: 'demo' }),
  broken('deletes', 'rejects-deletes', { traffic: 'lives', real: 'demo' }),
  broken('understood', 'misreads', CONSEQUENCES),
  broken('no-side-effects', 'mails-on-replay', CONSEQUENCES),
  // As many are there as should be: whoever counts sees nothing.
  pair(['loses(5e-2)', 'no-dedupe'], ['no-loss', 'idempotent']),
  pair(['loses(5e-2)', 'invents 5%'], ['no-loss', 'no-phantom']),
  pair(['says-200-on-error 5%', 'dedupes-by-body'], ['no-loss', 'idempotent']),
]

export const SOUND_ROWS: readonly ZooRow[] = [
  sound('plain', []),
  sound('plain, with batches', [], BATCHES),
  sound('plain, in several orders', [], { traffic: 'orders', real: 'brief' }),
  sound('plain, with customers whose ids collide', [], CUSTOMERS),
  sound('killed and up again', [], { crashAtMs: 800 }),
  sound('status:503 5%'),
  sound('reset 3% + reset-after-store 3%', ['reset 3%', 'reset-after-store 3%']),
  sound('hang 2%'),
  sound('delay:exp(5ms)'),
  sound('answers-204'),
  sound('503-first-try'),
  sound('429-then-accepts'),
  sound('lost-answer-stored'),
  sound('lost-answer-not-stored'),
  sound('slow(4.5s)'),
  sound('closes-always'),
  sound('http-1.0'),
  sound('early-hints'),
  sound('odd-reasons'),
  sound('slow-body(4.5s)'),
  sound('slow-body(10s) 2%'),
  sound('malformed 3%'),
  sound('unordered-receipts'),
  sound('visible-late(300ms)'),
  sound('429-on-overload(60)', ['429-on-overload(60)'], SPIKE),
  sound('low-declared-limit(200)'),
  sound('deploys(20s)', ['deploys(20s)'], BESIDE),
  sound('answers-422', ['answers-422'], { traffic: 'invalid', real: 'invalid' }),
  sound('rejects-large(32KB)', ['rejects-large(32KB)'], { traffic: 'invalid', real: 'invalid' }),
  sound('plain, with strangers at the door', [], { traffic: 'keys', real: 'brief' }),
  sound('plain, with signatures', [], { traffic: 'signatures', real: 'brief' }),
  sound('plain, with people who leave', [], { traffic: 'lives', real: 'brief' }),
  sound('plain, with consequences', [], { traffic: 'consequences', real: 'brief' }),
  sound('plain, with unusual events', [], { traffic: 'unusual', real: 'unusual' }),
  sound('429-then-accepts, pressed', ['429-then-accepts'], { traffic: 'pressing', real: 'pressing' }),
  sound('visible-late(10s)', ['visible-late(10s)'], { traffic: 'visible', real: 'visible' }),
]
