/** What a receiver keeps of one event. */
export interface NewRecord {
  readonly account: string
  /** What makes two events the same one within an account; a sound receiver takes the messageId. */
  readonly dedupeKey: string
  readonly messageId: string
  readonly type: string
  readonly userId: string | null
  readonly event: string | null
  /** Epoch milliseconds. */
  readonly eventTimeMs: number
  /** The receiver's clock, epoch milliseconds. */
  readonly receivedAtMs: number
  /** The event as received: JSON, as text or in UTF-8; not written to any more. See `bodyText`. */
  readonly body: string | Uint8Array
}

export interface StoredRecord extends NewRecord {
  /** Place in the store, from 1, growing. */
  readonly seq: number
}

/** Where a receiver keeps events. Synchronous; one receiver writes to it at a time. */
export interface Store {
  /** Adds a record unless its account has one with this dedupe key. @returns whether it was added */
  add(record: NewRecord): boolean
  /**
   * Makes what was added since the last call outlive this process.
   * @throws when it cannot; then nothing that was added since the last call is kept
   */
  commit(): void
  /** Removes an account's records of a user that happened by this moment (epoch milliseconds), deletes excepted. */
  remove(account: string, userId: string, untilMs: number): void
  /** The next records after place `afterSeq`, at most `limit`, in order; only those of `type` where one is given. */
  page(afterSeq: number, limit: number, type?: string): readonly StoredRecord[]
  /** Commits and lets go of whatever it holds. */
  close(): void
}

const PAGE_RECORDS = 200

/** All records of a store, page by page, so that no more than one page is held. */
export function* pagesOf(store: Store, type?: string): Generator<readonly StoredRecord[], void, undefined> {
  let afterSeq = 0
  for (;;) {
    const page = store.page(afterSeq, PAGE_RECORDS, type)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    afterSeq = last.seq
  }
}
