import type { AuditFindings } from '../model/audit.ts'
import { BitSet } from '../model/bit-set.ts'
import type { Standings } from '../model/evidence.ts'
import { messageCount } from '../model/ordinal.ts'
import { type ReceiptSource, ReceiptsUnreadable } from '../model/receipt.ts'
import type { Clock } from '../model/world.ts'
import { bitsToText } from './audit-bits.ts'
import { Reading, type Sought } from './audit-reading.ts'
import { Timeliness } from './audit-timeliness.ts'
import { Visibility } from './audit-visibility.ts'

export interface AuditRequest extends Sought {
  readonly standings: Standings
  readonly source: ReceiptSource
  readonly clock: Clock
  /** The run's moment 0 on `clock`. */
  readonly startedAtMs: number
  /** How long stored events may take to be visible, from now. */
  readonly settleMs: number
}

const FIRST_GAP_MS = 250

/**
 * Reads the receiver's store until two readings agree and nothing acknowledged is missing, or the settle time is over; a last reading
 * begins after its end. Says what it found, or why the store could not be read.
 */
export async function audit(request: AuditRequest): Promise<AuditFindings> {
  try {
    return await settledFindings(request)
  } catch (error) {
    if (error instanceof ReceiptsUnreadable) return unreadableFindings(request, error.message)
    throw error
  }
}

async function settledFindings(request: AuditRequest): Promise<AuditFindings> {
  const { clock, startedAtMs, standings } = request
  const visibility = new Visibility(standings)
  const timeliness = new Timeliness(standings, request.header.asks.objectives?.visible?.limitMs ?? request.settleMs)
  const deadlineMs = clock.nowMs() + request.settleMs
  let before: Amount | null = null
  for (let readings = 1, gapMs = FIRST_GAP_MS; ; readings++, gapMs *= 2) {
    const fromMs = clock.nowMs()
    // The first is never the last, and looks for ids alone.
    const reading = await readOnce(request, readings > 1)
    const toMs = clock.nowMs()
    visibility.note(reading.found, toMs - startedAtMs)
    timeliness.note(reading.found, fromMs - startedAtMs, toMs - startedAtMs)
    const settled = before !== null && agree(before, reading)
    const isComplete = settled && standings.must.countWithout(reading.found) === 0 && reading.leavesNothingOpen
    if (isComplete || (before !== null && fromMs >= deadlineMs)) {
      const span = { readFromMs: fromMs - startedAtMs, readToMs: toMs - startedAtMs }
      return {
        ...headOf(request.source),
        ...span,
        readings,
        settled,
        ...reading.findings(),
        visibleMs: visibility.spread(),
        timeliness: timeliness.facts(),
      }
    }
    before = { foundCount: reading.foundCount, ownRecords: reading.ownRecords }
    await reach(clock, Math.min(toMs + gapMs, Math.max(toMs, deadlineMs)))
  }
}

/** What two readings agree in. Records of others come and go as they like. */
interface Amount {
  readonly foundCount: number
  readonly ownRecords: number
}

function agree(a: Amount, b: Amount): boolean {
  return a.foundCount === b.foundCount && a.ownRecords === b.ownRecords
}

async function readOnce(request: AuditRequest, compare: boolean): Promise<Reading> {
  const reading = new Reading(request, compare, request.standings.erased)
  for await (const batch of request.source.read()) for (const receipt of batch) reading.take(receipt)
  return reading
}

function reach(clock: Clock, atMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.at(atMs, resolve)
  })
}

function headOf(source: ReceiptSource): Pick<AuditFindings, 'source' | 'location' | 'unreadable'> {
  return { source: source.kind, location: source.location, unreadable: '' }
}

function unreadableFindings(request: AuditRequest, why: string): AuditFindings {
  const atMs = request.clock.nowMs() - request.startedAtMs
  const none = { count: 0, examples: [] }
  return {
    ...headOf(request.source),
    unreadable: why,
    readFromMs: atMs,
    readToMs: atMs,
    readings: 0,
    settled: false,
    records: 0,
    found: bitsToText(new BitSet(messageCount(request.plan))),
    foundCount: 0,
    carried: [],
    duplicated: none,
    strangers: none,
    altered: none,
    comparedContent: 0,
    misdated: none,
    comparedTime: 0,
    timeUnitMs: 0,
    visibleMs: { p50: null, p99: null },
  }
}
