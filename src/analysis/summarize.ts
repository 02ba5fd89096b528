import type { AuditFindings } from '../model/audit.ts'
import type { Schedule } from '../model/delivery.ts'
import type { UnackedDelivery } from '../model/delivery-end.ts'
import type { LimitFacts, RepeatFacts, SecondOfferFacts, Standings } from '../model/evidence.ts'
import type { Observation } from '../model/observation.ts'
import type { Plan } from '../model/plan.ts'
import type { Report, Summary } from '../model/report.ts'
import type { RunHeader } from '../model/run-header.ts'
import { RunTally } from './run-tally.ts'

/** One ledger file: tells whose it is, its observations in order, and then where it was cut. */
export type LedgerPart = (visit: (observation: Observation) => void, begin: (writer: PartWriter) => void) => PartRead

export interface PartWriter {
  readonly id: string
  readonly lanes: readonly number[]
  /** It goes on where a writer before it was cut off: from which moment of the run's time, and how much later it truly was. */
  readonly resumes?: { readonly fromMs: number; readonly gapMs: number }
}

export interface PartRead {
  readonly head: { readonly writer: PartWriter }
  readonly torn: { readonly atByte: number; readonly why: string } | null
}

/** A run's record: its head, and what can be made of it again. */
export interface Recorded {
  readonly plan: Plan
  readonly header: RunHeader
  /** Null: it was made by another generator; what needs the schedule is then said as far as attempts on record tell. */
  readonly schedule: Schedule | null
  /** In the order in which they were written. */
  readonly parts: Iterable<LedgerPart>
  readonly messageIdAt: (index: number) => string
}

/** What a ledger amounts to. The same ledger gives the same facts, to the byte. */
export interface RunFacts {
  readonly summary: Summary
  readonly standings: Standings
  readonly repeats: RepeatFacts
  readonly limits: readonly LimitFacts[]
  readonly secondOffers: SecondOfferFacts
  /** Of the last audit on record. */
  readonly findings: AuditFindings | null
  readonly notes: Report['notes']
  readonly answers: Report['answers']
  /** The last moment on record, audits left out; milliseconds after the run's start, with all gaps. */
  readonly endedAtMs: number
  /** Every writer said that it had nothing more to say, or another went on in its place and said so. False after a kill. */
  readonly ended: boolean
  /** All that was planned was offered. */
  readonly complete: boolean
  /** What stopped the run before its time, if a signal did. */
  readonly signal: 'SIGINT' | 'SIGTERM' | null
  /** Deliveries that did not end acked, lane after lane. */
  readonly unacked: () => Iterable<UnackedDelivery>
}

/** Folds all ledger files of a run, each read once. Memory grows with deliveries (25 bytes each), not with attempts. */
export function summarize(recorded: Recorded): RunFacts {
  const tally = new RunTally(recorded)
  for (const part of recorded.parts) tally.read(part)
  return tally.facts()
}
