import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { bodyText } from '../../partner/body-text.ts'
import type { NewRecord, StoredRecord } from '../../partner/store.ts'
import { KnownMessages } from '../../partner/stream/known-messages.ts'
import type { Discard, StoredDiscard, StreamStore } from '../../partner/stream/stream-store.ts'
import { RowWriter } from './row-writer.ts'

// No index: an index over ids that are drawn by chance has each event change a page of its own, which costs several times what the event does. Which messages
// are there is known to the process, and read once when the file is opened.
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS stream_events (
    seq INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    dedupe_key TEXT NOT NULL,
    message_id TEXT NOT NULL,
    type TEXT NOT NULL,
    user_id TEXT,
    event TEXT,
    event_time_ms INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS stream_discards (
    seq INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    message_id TEXT,
    type TEXT,
    user_id TEXT,
    event TEXT,
    code TEXT NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT;
`

const EVENTS = `
  SELECT seq, source AS account, dedupe_key AS dedupeKey, message_id AS messageId, type, user_id AS userId, event,
         event_time_ms AS eventTimeMs, received_at_ms AS receivedAtMs, body
  FROM stream_events WHERE seq > ? ORDER BY seq LIMIT ?
`

const DISCARDS = `
  SELECT seq, source, message_id AS messageId, type, user_id AS userId, event, code, at_ms AS atMs
  FROM stream_discards WHERE seq > ? ORDER BY seq LIMIT ?
`

const KNOWN_AT = `
  SELECT source AS account, dedupe_key AS dedupeKey, received_at_ms AS receivedAtMs FROM stream_events WHERE seq = ?
`
const KNOWN = `
  SELECT seq, source AS account, dedupe_key AS dedupeKey, received_at_ms AS receivedAtMs FROM stream_events ORDER BY seq
`

type Known = Pick<NewRecord, 'account' | 'dedupeKey' | 'receivedAtMs'>

const EVENT_COLUMNS = [
  'seq',
  'source',
  'dedupe_key',
  'message_id',
  'type',
  'user_id',
  'event',
  'event_time_ms',
  'received_at_ms',
  'body',
]
const DISCARD_COLUMNS = ['source', 'message_id', 'type', 'user_id', 'event', 'code', 'at_ms']

/**
 * The HTTP Tracking API's store in an SQLite file. What was added waits in memory until `commit`, after which it outlives the process, as the partner's does; what
 * was there before is known to whoever opens the file again.
 */
export class SqliteStreamStore implements StreamStore {
  readonly isReadable = true
  readonly #database: DatabaseSync
  readonly #dedupeMs: number
  readonly #known = new KnownMessages()
  readonly #knownAt: StatementSync
  readonly #eventRows: RowWriter
  readonly #discardRows: RowWriter
  readonly #events: StatementSync
  readonly #discards: StatementSync
  /** What waits, the last of it at `#lastSeq`. */
  #records: NewRecord[] = []
  #discarded: Discard[] = []
  #lastSeq = 0

  /** @throws whatever SQLite says of the path */
  constructor(path: string, dedupeMs: number) {
    this.#database = new DatabaseSync(path, { timeout: 5000 })
    this.#database.exec(SCHEMA)
    this.#dedupeMs = dedupeMs
    this.#knownAt = this.#database.prepare(KNOWN_AT)
    this.#eventRows = new RowWriter(this.#database, 'stream_events', EVENT_COLUMNS)
    this.#discardRows = new RowWriter(this.#database, 'stream_discards', DISCARD_COLUMNS)
    this.#events = this.#database.prepare(EVENTS)
    this.#discards = this.#database.prepare(DISCARDS)
    this.#recall()
  }

  add(record: NewRecord): boolean {
    if (this.#known.find(record, (seq) => this.#repeats(record, this.#at(seq))) > 0) return false
    this.#records.push(record)
    this.#known.note(record, ++this.#lastSeq)
    return true
  }

  discard(discard: Discard): void {
    this.#discarded.push(discard)
  }

  commit(): void {
    const [records, discarded] = [this.#records, this.#discarded]
    if (records.length + discarded.length === 0) return
    const firstSeq = this.#lastSeq - records.length + 1
    this.#records = []
    this.#discarded = []
    this.#write(
      records.flatMap((record, i) => eventRow(firstSeq + i, record)),
      discarded.flatMap(discardRow),
    )
  }

  page(afterSeq: number, limit: number): readonly StoredRecord[] {
    return this.#events.all(afterSeq, limit) as unknown as StoredRecord[]
  }

  discards(afterSeq: number, limit: number): readonly StoredDiscard[] {
    return this.#discards.all(afterSeq, limit) as unknown as StoredDiscard[]
  }

  close(): void {
    this.commit()
    this.#database.close()
  }

  #write(events: readonly SQLInputValue[], discards: readonly SQLInputValue[]): void {
    try {
      this.#database.exec('BEGIN IMMEDIATE')
      this.#eventRows.write(events)
      this.#discardRows.write(discards)
      this.#database.exec('COMMIT')
    } catch (error) {
      // SQLite itself may have rolled back already, for instance when the disk is full.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  #recall(): void {
    for (const row of this.#database.prepare(KNOWN).iterate()) {
      const { seq, ...known } = row as unknown as Known & { readonly seq: number }
      this.#known.note(known, seq)
      this.#lastSeq = seq
    }
  }

  /** Undefined: nothing stands there, since what should could not be written. */
  #at(seq: number): Known | undefined {
    const waiting = this.#records[seq - 1 - this.#lastSeq + this.#records.length]
    return waiting ?? (this.#knownAt.get(seq) as unknown as Known | undefined)
  }

  #repeats({ account, dedupeKey, receivedAtMs }: NewRecord, known: Known | undefined): boolean {
    const isSame = known?.dedupeKey === dedupeKey && known.account === account
    return isSame && receivedAtMs - known.receivedAtMs < this.#dedupeMs
  }
}

function eventRow(seq: number, record: NewRecord): SQLInputValue[] {
  const { account, dedupeKey, messageId, type, userId, event, eventTimeMs, receivedAtMs, body } = record
  const [happenedMs, arrivedMs] = [Math.floor(eventTimeMs), Math.floor(receivedAtMs)]
  return [seq, account, dedupeKey, messageId, type, userId, event, happenedMs, arrivedMs, bodyText(body)]
}

function discardRow({ source, messageId, type, userId, event, code, atMs }: Discard): SQLInputValue[] {
  return [source, messageId, type, userId, event, code, Math.floor(atMs)]
}
