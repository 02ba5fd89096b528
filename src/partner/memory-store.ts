import type { NewRecord, Store, StoredRecord } from './store.ts'

/** A store that lives as long as its process. */
export class MemoryStore implements Store {
  /** By place; what was removed leaves its place empty. */
  readonly #records: (NewRecord | undefined)[] = []
  readonly #keysByAccount = new Map<string, Set<string>>()
  /** Places by account and user: made when somebody is removed for the first time. */
  #placesByUser: Map<string, number[]> | undefined

  add(record: NewRecord): boolean {
    const keys = this.#keysOf(record.account)
    const before = keys.size
    if (keys.add(record.dedupeKey).size === before) return false
    this.#records.push(record)
    this.#note(this.#placesByUser, this.#records.length - 1)
    return true
  }

  commit(): void {}

  remove(account: string, userId: string, untilMs: number): void {
    this.#placesByUser ??= this.#placed()
    const user = `${account} ${userId}`
    const stays: number[] = []
    for (const place of this.#placesByUser.get(user) ?? []) {
      const record = this.#records[place]!
      if (record.type === 'delete' || record.eventTimeMs > untilMs) {
        stays.push(place)
        continue
      }
      this.#keysOf(account).delete(record.dedupeKey)
      this.#records[place] = undefined
    }
    this.#placesByUser.set(user, stays)
  }

  page(afterSeq: number, limit: number, type?: string): readonly StoredRecord[] {
    const page: StoredRecord[] = []
    for (let seq = afterSeq + 1; seq <= this.#records.length && page.length < limit; seq++) {
      const record = this.#records[seq - 1]
      if (record !== undefined && (type === undefined || record.type === type)) page.push({ ...record, seq })
    }
    return page
  }

  close(): void {}

  #placed(): Map<string, number[]> {
    const places = new Map<string, number[]>()
    for (let place = 0; place < this.#records.length; place++) this.#note(places, place)
    return places
  }

  #note(places: Map<string, number[]> | undefined, place: number): void {
    const record = this.#records[place]
    if (places === undefined || record === undefined || record.userId === null) return
    const user = `${record.account} ${record.userId}`
    const known = places.get(user)
    if (known === undefined) places.set(user, [place])
    else known.push(place)
  }

  #keysOf(account: string): Set<string> {
    const known = this.#keysByAccount.get(account)
    if (known !== undefined) return known
    const keys = new Set<string>()
    this.#keysByAccount.set(account, keys)
    return keys
  }
}
