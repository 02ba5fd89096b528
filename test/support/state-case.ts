import { audit } from '../../src/analysis/audit.ts'
import { auditStates } from '../../src/analysis/state-audit.ts'
import type { AuditFindings } from '../../src/model/audit.ts'
import { type Message, NAMESPACE_STRIDE, type Traffic } from '../../src/model/message.ts'
import { DEFAULT_MIX } from '../../src/model/mix.ts'
import { indexAt, messageCount } from '../../src/model/ordinal.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import type { StateLine, StateRule, StateSource } from '../../src/model/state.ts'
import { type AuditCase, nodeDigest, soundReceipt, standingsOf } from './audit-case.ts'
import { jumpingClock } from './jumping-clock.ts'
import { lending } from './lending.ts'
import { memoryReceipts } from './memory-receipts.ts'
import { livePhase, testHeader, testPlan } from './plans.ts'

export const USERS = 5
const STARTED_AT_MS = Date.UTC(2026, 0, 1)

export type Traits = Readonly<Record<string, unknown>>

/** What message `n` says of its user: identifiers of the namespace, and traits that change. */
export function traitsAt(namespace: number, n: number): Traits {
  return {
    email: `u${n % USERS}.${namespace}@example.com`,
    createdAt: '2020-01-01T00:00:00.000Z',
    plan: ['free', 'basic', 'plus'][n % 3],
    score: n,
    newsletter: n % 2 === 0 ? true : null,
    tags: ['a', `b${n}`],
  }
}

export function userIdOf(namespace: number, user: number): string {
  return `sq_testrun1_${namespace}x${user}`
}

/** A run of identifies, `count` in each namespace; message n tells of user n mod 5, and n is the order of event time. */
export function stateCase(count = 20, namespaces = 3): AuditCase {
  const plan = testPlan({ phases: [livePhase(count, 500)], traffic: { mix: DEFAULT_MIX, people: 5, namespaces } })
  const header = testHeader(plan)
  return { plan, header, traffic: identifyTraffic(), standings: standingsOf(plan, { ackedAtMs: inReverse(plan) }) }
}

/** Namespace 0 acked in order, the others the other way round. */
function inReverse({ phases, traffic }: AuditCase['plan']): Float32Array {
  const count = phases[0]!.messages.count
  const moments = Array.from({ length: count * traffic.namespaces }, (_, i) =>
    i < count ? 10 * i : 10 * (count - (i % count)),
  )
  return Float32Array.from(moments)
}

function identifyTraffic(): Traffic {
  const timestampMsAt = (index: number): number => STARTED_AT_MS + (index % NAMESPACE_STRIDE) * 2000
  const messageAt = (index: number): Message => {
    const [namespace, n] = [Math.floor(index / NAMESPACE_STRIDE), index % NAMESPACE_STRIDE]
    const messageId = `testrun1:${index}`
    const event = {
      messageId,
      type: 'identify',
      userId: userIdOf(namespace, n % USERS),
      timestamp: new Date(timestampMsAt(index)).toISOString(),
      traits: traitsAt(namespace, n),
    }
    return { index, messageId, type: 'identify', bytes: new TextEncoder().encode(JSON.stringify(event)) }
  }
  return {
    userIdPrefixes: ['sq_testrun1_'],
    messageIdAt: (index) => `testrun1:${index}`,
    indexOf: (messageId) => (messageId.startsWith('testrun1:') ? Number(messageId.slice(9)) : undefined),
    timestampMsAt,
    typeAt: () => 'identify',
    flawAt: () => '',
    userAt: (index) => (index % NAMESPACE_STRIDE) % USERS,
    messageAt,
    lentAt: lending(messageAt),
  }
}

/** What a store says of a user who heard these messages in this order, the last word staying. */
export function stateAfter(namespace: number, user: number, heard: readonly number[]): StateLine {
  return { userId: userIdOf(namespace, user), traits: Object.assign({}, ...heard.map((n) => traitsAt(namespace, n))) }
}

/** The messages of a user, in order of event time. */
export function messagesOf({ plan }: AuditCase, user: number): number[] {
  const { count } = plan.phases[0]!.messages
  return Array.from({ length: count }, (_, n) => n).filter((n) => n % USERS === user)
}

/** Every user's state in every namespace, as event time says it. */
export function soundStates(run: AuditCase): StateLine[] {
  const namespaces = Array.from({ length: run.plan.traffic.namespaces }, (_, i) => i)
  const users = Array.from({ length: USERS }, (_, i) => i)
  return namespaces.flatMap((namespace) => users.map((user) => stateAfter(namespace, user, messagesOf(run, user))))
}

/** A source whose nth reading gives the nth list of lines, and the last list ever after. */
export function memoryStates(...readings: (readonly StateLine[])[]): StateSource {
  let reads = 0
  return {
    kind: 'file',
    location: 'memory',
    async *read() {
      yield readings[Math.min(reads++, readings.length - 1)] ?? []
    },
  }
}

export interface StateAsk {
  readonly rule?: StateRule
  readonly receipts?: readonly Receipt[]
}

/** What an audit finds, receipts and states. */
export async function findingsOf(
  run: AuditCase,
  states: StateSource | readonly StateLine[],
  { rule = 'orders', receipts = receiptsOf(run) }: StateAsk = {},
): Promise<AuditFindings> {
  const clock = jumpingClock(5000)
  const source = 'read' in states ? states : memoryStates(states)
  const looked = { clock, startedAtMs: 1000, settleMs: 2000, digest: nodeDigest }
  const findings = await audit({ ...run, ...looked, source: memoryReceipts(receipts) })
  return { ...findings, states: await auditStates({ ...run, clock, findings, source, rule, deadlineMs: 9000 }) }
}

/** Sound receipts of all messages, in every namespace. */
export function receiptsOf(run: AuditCase): Receipt[] {
  return Array.from({ length: messageCount(run.plan) }, (_, ordinal) => soundReceipt(run, indexAt(run.plan, ordinal)))
}
