import type { Receipt } from '../model/receipt.ts'
import type { Answer } from './answer.ts'
import { Behaviour } from './faults/behaviour.ts'
import type { Fault, FaultSite } from './faults/fault.ts'
import type { PartnerRequest } from './partner-request.ts'
import { receiptOf } from './receipt-of.ts'
import { pagesOf, type Store } from './store.ts'
import { Subscription } from './subscription.ts'
import { type UserState, UserStates } from './user-states.ts'

export interface PartnerOptions {
  readonly store: Store
  readonly faults: readonly Fault[]
  /** Where the faults' chance begins. */
  readonly seed: number
  /** Runs a task so many milliseconds later, unless this receiver is dead by then. */
  later: FaultSite['later']
}

/**
 * A receiver with its store: what arrives, and what can be read of it afterwards. It dies with its process; the store stays. An
 * answer may be given only once `store.commit()` has returned.
 */
export class Partner {
  readonly #store: Store
  readonly #behaviour: Behaviour
  readonly #subscription: Subscription

  constructor({ store, faults, seed, later }: PartnerOptions) {
    this.#store = store
    this.#behaviour = new Behaviour(faults, later, (record) => store.add(record))
    this.#subscription = new Subscription(this.#behaviour, seed)
  }

  receive(request: PartnerRequest): Answer {
    return this.#subscription.receive(request)
  }

  /** What the store holds, page by page, so that its size does not matter. */
  *receipts(nowMs: number): Generator<readonly Receipt[], void, undefined> {
    for (const page of pagesOf(this.#store)) {
      yield page.filter((record) => this.#behaviour.visible(record, nowMs)).map(receiptOf)
    }
  }

  /** Every user's traits as the stored identifies give them. Yields empty pages while it reads: others may have their turn. */
  *states(nowMs: number): Generator<readonly UserState[], void, undefined> {
    const users = new UserStates()
    for (const page of pagesOf(this.#store, 'identify')) {
      for (const record of page) {
        if (this.#behaviour.visible(record, nowMs)) users.learn(record, this.#behaviour.precedence(record))
      }
      yield []
    }
    yield* users.pages()
  }

  /** Puts into the store what a fault holds back: before a stop in good order. */
  flush(): void {
    this.#behaviour.flush()
  }
}
