import { type NewRecord, pagesOf, type Store } from './store.ts'

/**
 * A store as deletes have it: a delete removes all that its user did before it, and what they did before it stays out from then on,
 * whenever it comes. What they do later is theirs anew. The delete itself stays, as its own proof.
 */
export class ForgettingStore {
  readonly #store: Store
  readonly #staysOut: (record: NewRecord) => boolean
  /** By account and user: the moment of the delete that happened last, in epoch milliseconds. */
  readonly #deletedAtMs = new Map<string, number>()

  /** @param staysOut whether an event from before its user's delete is kept out, as it should be */
  constructor(store: Store, staysOut: (record: NewRecord) => boolean) {
    this.#store = store
    this.#staysOut = staysOut
    for (const page of pagesOf(store, DELETE)) for (const record of page) this.#remember(record)
  }

  /** @returns whether the record is new */
  add(record: NewRecord): boolean {
    const { type, userId, account, eventTimeMs } = record
    if (type === DELETE && userId !== null) {
      const isNew = this.#store.add(record)
      if (isNew) this.#store.remove(account, userId, this.#remember(record))
      return isNew
    }
    return !this.#isForgotten(record, eventTimeMs) && this.#store.add(record)
  }

  #isForgotten(record: NewRecord, eventTimeMs: number): boolean {
    if (this.#deletedAtMs.size === 0 || record.userId === null) return false
    const deletedAtMs = this.#deletedAtMs.get(userOf(record))
    return deletedAtMs !== undefined && eventTimeMs <= deletedAtMs && this.#staysOut(record)
  }

  /** @returns the moment up to which its user is forgotten */
  #remember(record: NewRecord): number {
    const user = userOf(record)
    const atMs = Math.max(record.eventTimeMs, this.#deletedAtMs.get(user) ?? Number.NEGATIVE_INFINITY)
    this.#deletedAtMs.set(user, atMs)
    return atMs
  }
}

const DELETE = 'delete'

function userOf({ account, userId }: NewRecord): string {
  return `${account} ${userId}`
}
