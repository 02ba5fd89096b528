import type { NewRecord, StoredRecord } from '../store.ts'
import type { IngestCode } from './ingest-code.ts'

/** An event that was accepted and not stored. */
export interface Discard {
  /** Empty: nobody's. */
  readonly source: string
  /** Null: it had none, or there was no event at all. */
  readonly messageId: string | null
  readonly type: string | null
  readonly userId: string | null
  readonly event: string | null
  readonly code: IngestCode
  /** The receiver's clock, epoch milliseconds. */
  readonly atMs: number
}

export interface StoredDiscard extends Discard {
  /** Place in the store, from 1, growing. */
  readonly seq: number
}

/** Where the HTTP Tracking API keeps what came. Synchronous; one receiver writes to it at a time. */
export interface StreamStore {
  /** Whether anything can be read of it. */
  readonly isReadable: boolean
  /** Adds a record unless its source has had one of this dedupe key within the window. @returns whether it was added */
  add(record: NewRecord): boolean
  discard(discard: Discard): void
  /**
   * Makes what was added since the last call outlive this process.
   * @throws when it cannot; then nothing that was added since the last call is kept
   */
  commit(): void
  /** The next records after place `afterSeq`, at most `limit`, in order. */
  page(afterSeq: number, limit: number): readonly StoredRecord[]
  discards(afterSeq: number, limit: number): readonly StoredDiscard[]
  /** Commits and lets go of whatever it holds. */
  close(): void
}
