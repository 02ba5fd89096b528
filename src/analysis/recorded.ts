import type { Schedule } from '../model/delivery.ts'
import type { Observation } from '../model/observation.ts'
import type { Plan } from '../model/plan.ts'
import type { RunHeader } from '../model/run-header.ts'
import type { DeletedPeople } from './deleted-people.ts'

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
  /** Absent: it deletes nobody, or another generator made it. */
  readonly deleted?: DeletedPeople | undefined
}
