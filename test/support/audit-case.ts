import { createHash, createHmac } from 'node:crypto'
import { type AuditRequest, audit } from '../../src/analysis/audit.ts'
import { bitsFromText } from '../../src/analysis/audit-bits.ts'
import type { AuditFindings } from '../../src/model/audit.ts'
import { BitSet } from '../../src/model/bit-set.ts'
import type { Evidence, Standings } from '../../src/model/evidence.ts'
import type { Traffic } from '../../src/model/message.ts'
import { messageCount } from '../../src/model/ordinal.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import type { Digest } from '../../src/model/world.ts'
import { fakeTraffic } from './fake-traffic.ts'
import { jumpingClock } from './jumping-clock.ts'
import { memoryReceipts } from './memory-receipts.ts'
import { livePhase, testHeader, testPlan } from './plans.ts'

/** A run of `count` messages that were all acked at 100 ms, and what can be asked of it. */
export interface AuditCase {
  readonly plan: Plan
  readonly header: RunHeader
  readonly traffic: Traffic
  readonly standings: Standings
}

export const nodeDigest: Digest = {
  sha256: (content) => createHash('sha256').update(content).digest('hex'),
  hmacSha1Hex: (key, content) => createHmac('sha1', key).update(content).digest('hex'),
}

export function auditCase(count = 100, header: Partial<RunHeader> = {}): AuditCase {
  const plan = testPlan({ phases: [livePhase(count, 500)] })
  const runHeader = testHeader(plan, header)
  return { plan, header: runHeader, traffic: fakeTraffic(runHeader), standings: standingsOf(plan) }
}

/** By default every message was acked. */
export function standingsOf(plan: Plan, changes: Partial<Standings> = {}): Standings {
  const size = messageCount(plan)
  return {
    must: setOf(size),
    may: setOf(size),
    unwelcome: setOf(size, []),
    refused: { count: 0, examples: [] },
    refusedSet: setOf(size, []),
    ackedAtMs: new Float32Array(size).fill(100),
    ...changes,
  }
}

/** Without members given: all of them. */
export function setOf(size: number, members?: Iterable<number>): BitSet {
  const set = new BitSet(size)
  for (const member of members ?? []) set.add(member)
  // Without a list of them all, which takes eight bytes each: the bench counts what an audit takes.
  if (members === undefined) for (let member = 0; member < size; member++) set.add(member)
  return set
}

/** What a sound store says of a message. */
export function soundReceipt({ traffic }: AuditCase, index: number, changes: Partial<Receipt> = {}): Receipt {
  return {
    messageId: traffic.messageIdAt(index),
    timestamp: new Date(traffic.timestampMsAt(index)).toISOString(),
    body: textAt(traffic, index),
    ...changes,
  }
}

export function soundReceipts(run: AuditCase): Receipt[] {
  return Array.from({ length: messageCount(run.plan) }, (_, index) => soundReceipt(run, index))
}

/** The live copy's text. */
export function textAt(traffic: Traffic, index: number): string {
  return new TextDecoder().decode(traffic.messageAt(index, 'live').bytes)
}

/** The live copy, for a test to change. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into it
export function eventAt(traffic: Traffic, index: number): any {
  return JSON.parse(textAt(traffic, index))
}

export function auditOf(
  run: AuditCase,
  records: readonly Receipt[],
  changes: Partial<AuditRequest> = {},
): Promise<AuditFindings> {
  return audit({
    ...run,
    source: memoryReceipts(records),
    clock: jumpingClock(5000),
    digest: nodeDigest,
    startedAtMs: 1000,
    settleMs: 2000,
    ...changes,
  })
}

/** Ordinals that the findings say were found. */
export function foundIn(findings: AuditFindings, size: number): number[] {
  return bitsFromText(findings.found, size).firstWithout(new BitSet(size), size)
}

const NO_PACES: Evidence['paces'] = {
  slices: [],
  besideReplay: null,
  replay: null,
  declared: null,
  promises: { refused: 0, kept: 0, broken: 0, examples: [] },
}

/** Evidence of a sound run; `findings` decide what the receipts said. */
export function evidenceOf(run: AuditCase, findings: AuditFindings | null, changes: Partial<Evidence> = {}): Evidence {
  return {
    ...run,
    // No check of receipts or answers judges by latency or rates.
    summary: {} as Evidence['summary'],
    repeats: { sent: 10, acked: 10, refused: { count: 0, examples: [] }, spanMaxMs: 1500 },
    limits: [],
    paces: NO_PACES,
    secondOffers: { refused: 0, offered: 0, accepted: { count: 0, examples: [] }, refusedAgain: 0 },
    phaseEnds: [],
    cutShort: false,
    findings,
    ...changes,
  }
}
