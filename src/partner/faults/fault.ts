import type { Answer } from '../answer.ts'
import type { IncomingEvent } from '../incoming-event.ts'
import type { KeyStanding, PartnerRequest } from '../partner-request.ts'
import type { Signed } from '../signature.ts'
import type { NewRecord, StoredRecord } from '../store.ts'
import type { Visit } from '../visit.ts'

/** Something that a receiver does wrong, or soundly but unusually, on purpose. */
export interface Fault {
  readonly name: string
  /** What it was parsed from. */
  readonly spec: string
  /** Makes its hooks for one receiver: what they remember dies with it. */
  install(site: FaultSite): Hooks
}

export interface FaultSite {
  /** Keeps this fault's draws apart from every other's. */
  readonly salt: number
  /** Runs a task so many milliseconds later, unless the receiver is dead by then. */
  later(delayMs: number, task: () => void): void
}

/** Places around the sound receiver where a fault may have its way. All of a receiver's faults apply, in the order given. */
export interface Hooks {
  /** Whether a request with such a key is let in. @param admitted what it is to the receiver so far */
  admits?(request: PartnerRequest, standing: KeyStanding, admitted: boolean): boolean
  /** Whether the receiver takes the signature for right. @param trusted what it is to the receiver so far */
  trusts?(signed: Signed, trusted: boolean): boolean
  /** Answers in the receiver's stead: the event is then not looked at. */
  before?(visit: Visit): Answer | undefined
  /** What becomes of a record on its way to the store: changed, dropped or multiplied. */
  record?(record: NewRecord, event: IncomingEvent, visit: Visit): readonly NewRecord[]
  /** Stands between the receiver and its store. @returns whether the receiver takes the record for new */
  add?(record: NewRecord, visit: Visit, store: (record: NewRecord) => boolean): boolean
  answer?(answer: Answer, visit: Visit, handling: Handling): Answer
  /** Whether receipts and state show a record yet. */
  visible?(record: StoredRecord, nowMs: number): boolean
  /** Whether the state takes a record into account. */
  learns?(record: StoredRecord): boolean
  /** Which of two values of a trait wins: the one of the record with the higher precedence. */
  precedence?(record: StoredRecord): number
  /** Whether what happened before its user was deleted is kept out when it comes again. */
  staysOut?(record: NewRecord): boolean
  /** Whether something is sent to the outside for an event. @param would whether the sound receiver sends it */
  sendsOut?(event: IncomingEvent, would: boolean): boolean
  /** The property that an order's total is read from. */
  totalProperty?(): string
  /** How many receipts of each page the next one tells again, all in no order. Absent: there are no pages. */
  pageOverlap?(): number
  /** Stores at once what is held back: the receiver is about to stop in good order. */
  flush?(): void
}

/** What the receiver did with the event: took it as new, took it as a repetition, or did not take it. */
export type Handling = 'new' | 'repeated' | 'refused'

/** An entry of the catalogue. */
export interface FaultDefinition {
  readonly name: string
  /** One line. */
  readonly meaning: string
  /** The verdict that must catch it; empty: trouble, or sound but unusual. */
  readonly caughtBy: string
  /** The argument if none is given; absent: it takes none. */
  readonly argument?: string
  /** The share of requests (or messages) that it touches unless one is given. 1 if absent. */
  readonly share?: number
  /** Whether the share is drawn anew at each try, or once per message so that no copy escapes. */
  readonly drawn: 'try' | 'message' | 'never'
  /** @throws FaultError if the argument makes no sense */
  make(argument: string): (site: FaultSite) => Hooks
}
