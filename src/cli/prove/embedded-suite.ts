import { randomBytes } from 'node:crypto'
import process from 'node:process'
import type { Scenario } from '../../index.ts'
import { type EmbeddedPartner, startEmbeddedPartner } from '../embedded-partner.ts'
import type { SuiteFlags } from './suite-flags.ts'

/** What squall's own partner is said to take. */
const DECLARED = '400/s'
/** What it tells of orders in its receipts. */
export const OWN_EXPECT: Scenario['expect'] = [
  { event: 'Order Completed', pointer: '/properties/total', receipts: 'orderTotal' },
]
const KEYS = ['SQUALL_SUITE_KEY', 'SQUALL_SUITE_SECOND_KEY', 'SQUALL_SUITE_EXPIRED_KEY'] as const
const [FIRST, SECOND, EXPIRED] = KEYS.map((name) => `env:${name}`) as [string, string, string]

/** Without a target everything is given: the partner is ours. Places that only a running one has stand for themselves. */
export function withEmbedded(flags: SuiteFlags): SuiteFlags {
  const place = 'http://127.0.0.1:1/'
  return {
    declaredRate: DECLARED,
    ...flags,
    apiKey: FIRST,
    expiredKey: EXPIRED,
    secondKey: SECOND,
    target: place,
    receipts: `${place}receipts`,
    receiptsKey: FIRST,
    secondReceipts: `${place}receipts`,
    secondReceiptsKey: SECOND,
    state: `${place}state`,
    outbox: `${place}outbox`,
    restart: 'the embedded partner is killed',
  }
}

/** A partner for a whole suite, with two customers whose keys nobody else knows. */
export function startSuitePartner(path: string, seed: number): Promise<EmbeddedPartner> {
  for (const name of KEYS) process.env[name] = randomBytes(12).toString('hex')
  const keys = { apiKeys: [FIRST, SECOND], expiringKey: { place: EXPIRED, goodForMs: 0 }, sharedSecret: undefined }
  return startEmbeddedPartner(path, { faults: [], tls: false, ...keys }, seed)
}
