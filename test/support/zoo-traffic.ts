import type { Prepared } from '../../src/run.ts'
import type { Scenario } from '../../src/scenario/schema.ts'
import { DEFAULT_VERDICTS } from '../../src/scenario/verdicts.ts'
import { orders as consequences, lives } from './consequences.ts'
import { invalid, keyExpiry, keys, signatures } from './refusal-traffic.ts'
import { mixedTraffic, readied } from './rehearsals.ts'
import { unusualTraffic } from './unusual-traffic.ts'

type Traffic = Omit<Scenario, 'name'>

/** Copies of every kind and history, within half a second: for real sockets. */
const brief: Traffic = {
  settle: '400ms',
  phases: [
    { name: 'live', rate: '400/s', duration: '400ms', duplicates: '15%', lag: '150ms', racing: '15%', shuffle: '50ms' },
    {
      name: 'history',
      at: '200ms',
      rate: '400/s',
      duration: '300ms',
      replay: { history: '400d', again: { phase: 'live', share: '30%' } },
    },
  ],
}

/** A loss of one in a thousand stays hidden in one run of a million, at this size. */
const many: Traffic = { settle: '400ms', phases: [{ name: 'live', rate: '4000/s', events: 14_000 }] }

const batches: Traffic = {
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
}

function orders(events: number): Traffic {
  return {
    settle: '300ms',
    namespaces: 2,
    people: 20,
    verdicts: [...DEFAULT_VERDICTS, 'order-independent'],
    phases: [{ name: 'live', rate: '1000/s', events, duplicates: '10%', shuffle: '20s' }],
  }
}

const steady: Traffic = {
  phases: [{ name: 'live', rate: '60/s', duration: '2s' }],
  objectives: {
    latency: ['p50 < 100ms', 'p90 < 200ms from send'],
    throughput: '>= 40/s',
    'server-errors': '< 3%',
    'success-rate': '>= 95%',
  },
  verdicts: [],
}

const spike: Traffic = {
  phases: [
    { name: 'before', rate: '30/s', duration: '2s' },
    { name: 'spike', rate: '150/s', duration: '1s' },
    { name: 'after', rate: '30/s', duration: '3s' },
  ],
  verdicts: ['retry-discipline'],
  objectives: { recovers: '< 5s' },
}

/** Ids of two customers collide, copies and history included. */
const customers: Traffic = {
  settle: '400ms',
  customers: [{ name: 'acme' }, { name: 'globex' }],
  collide: true,
  phases: [
    { name: 'live', rate: '400/s', events: 100, duplicates: '20%', lag: '100ms', racing: '10%', shuffle: '50ms' },
    {
      name: 'more',
      customers: ['globex'],
      rate: '400/s',
      events: 20,
      replay: { history: '90d', again: { phase: 'live', share: '10%' } },
    },
  ],
}

/** Far below the declared rate, by retries that wait as they are told. */
const quiet: Traffic = {
  settle: '1s',
  phases: [{ name: 'live', rate: '20/s', duration: '4s' }],
  declaredRate: '200/s',
  retry: { retryAfter: 'honour' },
  verdicts: ['rate-limits'],
}

/** More than the declared rate, by who does not try long. */
const pressing: Traffic = {
  settle: '1s',
  phases: [{ name: 'live', rate: '24/s', duration: '6s' }],
  declaredRate: '20/s',
  retry: { retries: 1 },
  verdicts: ['rate-limits'],
}

const even: Traffic = {
  settle: '1s',
  phases: [{ name: 'live', rate: '25/s', duration: '12s' }],
  verdicts: ['steady'],
}

const beside: Traffic = {
  settle: '1s',
  main: 'live',
  phases: [
    { name: 'live', rate: '30/s', duration: '5s' },
    { name: 'history', at: '1s', rate: '60/s', duration: '3s', replay: { history: '400d' } },
  ],
  declaredRate: '100/s',
  retry: { retries: 2 },
  objectives: { 'live-under-replay': 'p95 < 500ms' },
  verdicts: ['replay-burst'],
}

const visible: Traffic = {
  settle: '30s',
  phases: [{ name: 'live', rate: '80/s', duration: '4s' }],
  verdicts: ['visible-in-time'],
}

const READYING = {
  mixed: (): Prepared => mixedTraffic,
  brief: (): Prepared => readied(brief),
  customers: (): Prepared => readied(customers),
  many: (): Prepared => readied(many),
  batches: (): Prepared => readied(batches),
  orders: (): Prepared => readied(orders(1600)),
  'few orders': (): Prepared => readied(orders(400)),
  steady: (): Prepared => readied(steady),
  spike: (): Prepared => readied(spike),
  quiet: (): Prepared => readied(quiet),
  pressing: (): Prepared => readied(pressing),
  even: (): Prepared => readied(even),
  beside: (): Prepared => readied(beside),
  visible: (): Prepared => readied(visible),
  keys: (): Prepared => keys,
  'key expiry': (): Prepared => keyExpiry,
  signatures: (): Prepared => signatures,
  invalid: (): Prepared => invalid,
  lives: (): Prepared => lives,
  consequences: (): Prepared => consequences,
  unusual: (): Prepared => unusualTraffic,
} as const

/** What is sent, by name. */
export type ZooTraffic = keyof typeof READYING

/** Each is made ready once. */
const ready = new Map<ZooTraffic, Prepared>()

export function zooTraffic(name: ZooTraffic): Prepared {
  const known = ready.get(name)
  if (known !== undefined) return known
  const prepared = READYING[name]()
  ready.set(name, prepared)
  return prepared
}
