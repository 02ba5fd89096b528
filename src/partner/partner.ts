import type { OutboxLine } from '../model/outbox.ts'
import type { Receipt } from '../model/receipt.ts'
import type { Answer } from './answer.ts'
import { Behaviour } from './faults/behaviour.ts'
import type { Fault, FaultSite } from './faults/fault.ts'
import { ForgettingStore } from './forgetting-store.ts'
import type { SentMail } from './forward/sent-mail.ts'
import { Intake } from './intake.ts'
import type { Keyring } from './keyring.ts'
import { orderTotalOf } from './order-total.ts'
import { Outbox } from './outbox.ts'
import { type OverlappingPage, overlappingPage } from './overlapping-page.ts'
import type { PartnerRequest } from './partner-request.ts'
import { receiptOf } from './receipt-of.ts'
import type { Sign } from './signature.ts'
import { pagesOf, type Store, type StoredRecord } from './store.ts'
import { type UserState, UserStates } from './user-states.ts'

export interface PartnerOptions {
  readonly store: Store
  readonly faults: readonly Fault[]
  /** Where the faults' chance begins. */
  readonly seed: number
  /** Runs a task so many milliseconds later, unless this receiver is dead by then. */
  later: FaultSite['later']
  /** Makes the signature that each request must carry. Without it signatures are not looked at. */
  readonly sign?: Sign | undefined
  /** Which keys are good. Without it everybody may send. */
  readonly keyring?: Keyring | undefined
  /** It sends nothing out: nobody will ask. */
  readonly silent?: boolean
  /** Told of each mail that it sends, before the event behind it is answered. */
  readonly onMail?: ((mail: SentMail) => void) | undefined
}

/**
 * A receiver with its store: what arrives, and what can be read of it afterwards. It dies with its process; the store stays. An
 * answer may be given only once `store.commit()` has returned.
 */
export class Partner {
  readonly #store: Store
  readonly #behaviour: Behaviour
  readonly #intake: Intake
  readonly #outbox: Outbox | undefined

  constructor({ store, faults, seed, later, sign, keyring, silent = false, onMail }: PartnerOptions) {
    this.#store = store
    this.#outbox = silent ? undefined : new Outbox(onMail)
    const kept = new ForgettingStore(store, (record) => this.#behaviour.staysOut(record))
    this.#behaviour = new Behaviour(faults, later, (record) => kept.add(record))
    this.#intake = new Intake(this.#behaviour, seed, { sign, keyring }, this.#outbox)
  }

  receive(request: PartnerRequest): Answer {
    return this.#intake.receive(request)
  }

  /** What the store holds, of one account or of all, page by page, so that its size does not matter. */
  *receipts(nowMs: number, account?: string): Generator<readonly Receipt[], void, undefined> {
    for (const page of this.records(nowMs, account)) yield page.map((record) => this.told(record))
  }

  /** A record as its receipt. */
  told(record: StoredRecord): Receipt {
    return { ...receiptOf(record), ...this.understood(record) }
  }

  /** Fields that say what it makes of a record: of an order its total. */
  understood(record: StoredRecord): Readonly<Record<string, unknown>> {
    const orderTotal = orderTotalOf(record, this.#behaviour.totalProperty())
    return orderTotal === undefined ? NOTHING : { orderTotal }
  }

  /** What it sent to the outside since it came up, of one account or of all. */
  *outbox(_nowMs: number, account?: string): Generator<readonly OutboxLine[], void, undefined> {
    if (this.#outbox !== undefined) yield* this.#outbox.pages(account)
  }

  /** The same as records. */
  *records(nowMs: number, account?: string): Generator<readonly StoredRecord[], void, undefined> {
    for (const page of pagesOf(this.#store)) yield page.filter((record) => this.#shown(record, nowMs, account))
  }

  /** The same from place `afterSeq` on, as one of the pages that overlap. Undefined: it tells no such pages. */
  page(afterSeq: number, nowMs: number, account?: string): OverlappingPage | undefined {
    const overlap = this.#behaviour.pageOverlap()
    if (overlap === undefined) return undefined
    const { records, nextAfter } = overlappingPage(this.#store, afterSeq, overlap)
    return { records: records.filter((record) => this.#shown(record, nowMs, account)), nextAfter }
  }

  /** Every user's traits as the stored identifies give them. Yields empty pages while it reads: others may have their turn. */
  *states(nowMs: number, account?: string): Generator<readonly UserState[], void, undefined> {
    const users = new UserStates()
    for (const page of pagesOf(this.#store, 'identify')) {
      for (const record of page) {
        const isTold = this.#shown(record, nowMs, account) && this.#behaviour.learns(record)
        if (isTold) users.learn(record, this.#behaviour.precedence(record))
      }
      yield []
    }
    yield* users.pages()
  }

  #shown(record: StoredRecord, nowMs: number, account: string | undefined): boolean {
    return (account === undefined || record.account === account) && this.#behaviour.visible(record, nowMs)
  }

  /** Puts into the store what a fault holds back: before a stop in good order. */
  flush(): void {
    this.#behaviour.flush()
  }
}

const NOTHING = {}
