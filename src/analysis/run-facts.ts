import type { AuditFindings } from '../model/audit.ts'
import type { Deletion } from '../model/deletion.ts'
import type { UnackedDelivery } from '../model/delivery-end.ts'
import type { PhaseEnds, RepeatFacts, SecondOfferFacts, Standings, Ways } from '../model/evidence.ts'
import type { LimitFacts, PaceFacts } from '../model/pace-facts.ts'
import type { Report, Summary } from '../model/report.ts'
import type { StreamPace } from '../model/stream-facts.ts'

/** What a ledger amounts to. The same ledger gives the same facts, to the byte. */
export interface RunFacts {
  readonly summary: Summary
  readonly standings: Standings
  readonly repeats: RepeatFacts
  readonly limits: readonly LimitFacts[]
  readonly secondOffers: SecondOfferFacts
  readonly paces: PaceFacts
  /** Absent: the run is no Stream's. */
  readonly streamPace?: StreamPace
  readonly phaseEnds: readonly PhaseEnds[]
  /** Absent: the run deletes nobody, or nobody can tell whom. */
  readonly deletions?: readonly Deletion[]
  /** Absent: no verdict asks for it. */
  readonly ways?: Ways
  /** Of the last audit on record. */
  readonly findings: AuditFindings | null
  readonly notes: Report['notes']
  /** When the receiver was killed and started again; absent: it was not. */
  readonly restartedAtMs?: number
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
