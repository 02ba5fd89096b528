import type { CallType } from './message.ts'
import type { Tally } from './tally.ts'

/** What the receiver is to make of an event: a value in it stands in a field of the receipts, or of the state. */
export interface Expectation {
  /** Which events: those of this call. */
  readonly type: CallType
  /** Of track calls: those of this name. Absent: all. */
  readonly event?: string
  /** A JSON Pointer into the event. Events that have nothing there are left out. */
  readonly pointer: string
  readonly place: 'receipts' | 'state'
  /** The field's name: in `receipts` of the event's record, in `state` of its user's line or among their traits. */
  readonly field: string
}

/** What the store made of the events that an expectation is about. */
export interface UnderstandingFindings {
  /** Events that have a value there and were found in the store. */
  readonly events: number
  /** Those of them whose record, or whose user's line, has the field. */
  readonly carried: number
  /** Events whose value is not what the field says; without the field, nothing is. */
  readonly misread: Tally<Misread>
  /** Empty unless the state could not be read: then why, and nothing else here counts. */
  readonly unreadable: string
}

export interface Misread {
  readonly index: number
  readonly expected: string
  readonly actual: string
}
