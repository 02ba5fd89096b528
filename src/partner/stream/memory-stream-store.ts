import type { NewRecord, StoredRecord } from '../store.ts'
import { KnownMessages } from './known-messages.ts'
import type { Discard, StoredDiscard, StreamStore } from './stream-store.ts'

/** A store that lives as long as its process. */
export class MemoryStreamStore implements StreamStore {
  readonly isReadable = true
  readonly #records: StoredRecord[] = []
  readonly #discards: StoredDiscard[] = []
  readonly #known = new KnownMessages()
  readonly #dedupeMs: number

  constructor(dedupeMs: number) {
    this.#dedupeMs = dedupeMs
  }

  add(record: NewRecord): boolean {
    if (this.#known.find(record, (seq) => this.#repeats(record, this.#records[seq - 1]!)) > 0) return false
    this.#records.push({ ...record, seq: this.#records.length + 1 })
    this.#known.note(record, this.#records.length)
    return true
  }

  discard(discard: Discard): void {
    this.#discards.push({ ...discard, seq: this.#discards.length + 1 })
  }

  commit(): void {}

  page(afterSeq: number, limit: number): readonly StoredRecord[] {
    return this.#records.slice(afterSeq, afterSeq + limit)
  }

  discards(afterSeq: number, limit: number): readonly StoredDiscard[] {
    return this.#discards.slice(afterSeq, afterSeq + limit)
  }

  close(): void {}

  #repeats({ account, dedupeKey, receivedAtMs }: NewRecord, known: StoredRecord): boolean {
    const isSame = known.dedupeKey === dedupeKey && known.account === account
    return isSame && receivedAtMs - known.receivedAtMs < this.#dedupeMs
  }
}
