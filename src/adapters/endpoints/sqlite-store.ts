import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { bodyText } from '../../partner/body-text.ts'
import type { NewRecord, Store, StoredRecord } from '../../partner/store.ts'

// node:sqlite, not better-sqlite3: that one downloads a prebuilt binary when it is installed, which fails behind closed networks
// and then asks for a compiler; this one comes with Node and is as fast.

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    dedupe_key TEXT NOT NULL,
    message_id TEXT NOT NULL,
    type TEXT NOT NULL,
    user_id TEXT,
    event TEXT,
    event_time_ms INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS one_message_one_record ON events (account, dedupe_key);
  CREATE INDEX IF NOT EXISTS identifies ON events (seq) WHERE type = 'identify';
`

const INSERT = `
  INSERT INTO events (account, dedupe_key, message_id, type, user_id, event, event_time_ms, received_at_ms, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (account, dedupe_key) DO NOTHING
`

const REMOVE = `DELETE FROM events WHERE account = ? AND user_id = ? AND event_time_ms <= ? AND type <> 'delete'`

const SELECT = `
  SELECT seq, account, dedupe_key AS dedupeKey, message_id AS messageId, type, user_id AS userId, event,
         event_time_ms AS eventTimeMs, received_at_ms AS receivedAtMs, body
  FROM events
`

/**
 * A store in an SQLite file. What was added stands in one open transaction until `commit`, after which it outlives the process
 * (kill -9 included; a power cut is not claimed: the log is not synced at each commit).
 */
export class SqliteStore implements Store {
  readonly #database: DatabaseSync
  readonly #insert: StatementSync
  readonly #page: StatementSync
  readonly #pageOfType: StatementSync
  #remove: StatementSync | undefined
  #open = false
  #failure: unknown

  /** @throws whatever SQLite says of the path */
  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: 5000 })
    this.#database.exec(SCHEMA)
    this.#insert = this.#database.prepare(INSERT)
    this.#page = this.#database.prepare(`${SELECT} WHERE seq > ? ORDER BY seq LIMIT ?`)
    this.#pageOfType = this.#database.prepare(`${SELECT} WHERE seq > ? AND type = ? ORDER BY seq LIMIT ?`)
  }

  add(record: NewRecord): boolean {
    if (this.#failure !== undefined) throw this.#failure
    try {
      this.#begin()
      return this.#inserted(record)
    } catch (error) {
      this.#failure = error
      throw error
    }
  }

  commit(): void {
    const failure = this.#failure
    this.#failure = undefined
    if (failure !== undefined) this.#rollBack(failure)
    if (!this.#open) return
    try {
      this.#database.exec('COMMIT')
      this.#open = false
    } catch (error) {
      this.#rollBack(error)
    }
  }

  remove(account: string, userId: string, untilMs: number): void {
    if (this.#failure !== undefined) throw this.#failure
    try {
      this.#begin()
      this.#remove ??= this.#removal()
      this.#remove.run(account, userId, Math.floor(untilMs))
    } catch (error) {
      this.#failure = error
      throw error
    }
  }

  page(afterSeq: number, limit: number, type?: string): readonly StoredRecord[] {
    const rows = type === undefined ? this.#page.all(afterSeq, limit) : this.#pageOfType.all(afterSeq, type, limit)
    return rows as unknown as StoredRecord[]
  }

  close(): void {
    this.commit()
    this.#database.close()
  }

  /** Few receivers ever remove anybody: only those pay for the index. */
  #removal(): StatementSync {
    this.#database.exec('CREATE INDEX IF NOT EXISTS of_users ON events (account, user_id)')
    return this.#database.prepare(REMOVE)
  }

  #begin(): void {
    if (this.#open) return
    this.#database.exec('BEGIN IMMEDIATE')
    this.#open = true
  }

  #inserted(record: NewRecord): boolean {
    const { account, dedupeKey, messageId, type, userId, event, eventTimeMs, receivedAtMs, body } = record
    const { changes } = this.#insert.run(
      account,
      dedupeKey,
      messageId,
      type,
      userId,
      event,
      Math.floor(eventTimeMs),
      Math.floor(receivedAtMs),
      bodyText(body),
    )
    return changes === 1
  }

  /** SQLite itself may have rolled back already, for instance when the disk is full. */
  #rollBack(reason: unknown): never {
    this.#open = false
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
    throw reason
  }
}
