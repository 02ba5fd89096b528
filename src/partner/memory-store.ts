import type { NewRecord, Store, StoredRecord } from './store.ts'

/** A store that lives as long as its process. */
export class MemoryStore implements Store {
  readonly #records: StoredRecord[] = []
  readonly #keysByAccount = new Map<string, Set<string>>()

  add(record: NewRecord): boolean {
    const keys = this.#keysOf(record.account)
    const before = keys.size
    if (keys.add(record.dedupeKey).size === before) return false
    this.#records.push({ ...record, seq: this.#records.length + 1 })
    return true
  }

  commit(): void {}

  page(afterSeq: number, limit: number, type?: string): readonly StoredRecord[] {
    const page: StoredRecord[] = []
    for (let seq = afterSeq + 1; seq <= this.#records.length && page.length < limit; seq++) {
      const record = this.#records[seq - 1]!
      if (type === undefined || record.type === type) page.push(record)
    }
    return page
  }

  close(): void {}

  #keysOf(account: string): Set<string> {
    const known = this.#keysByAccount.get(account)
    if (known !== undefined) return known
    const keys = new Set<string>()
    this.#keysByAccount.set(account, keys)
    return keys
  }
}
