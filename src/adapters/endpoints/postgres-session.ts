import type { Sql } from 'postgres'
import { bodyText } from '../../partner/body-text.ts'
import type { NewRecord, StoredRecord } from '../../partner/store.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS squall_events (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account text NOT NULL,
    dedupe_key text NOT NULL,
    message_id text NOT NULL,
    type text NOT NULL,
    user_id text,
    event text,
    event_time_ms bigint NOT NULL,
    received_at_ms bigint NOT NULL,
    body text NOT NULL,
    UNIQUE (account, dedupe_key)
  );
  CREATE INDEX IF NOT EXISTS squall_users ON squall_events (account, user_id);
  CREATE INDEX IF NOT EXISTS squall_identifies ON squall_events (seq) WHERE type = 'identify';
`

const INSERT = `
  INSERT INTO squall_events (account, dedupe_key, message_id, type, user_id, event, event_time_ms, received_at_ms, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (account, dedupe_key) DO NOTHING
`

const REMOVE = `
  DELETE FROM squall_events WHERE account = $1 AND user_id = $2 AND event_time_ms <= $3 AND type <> 'delete'
`

const PAGE = `
  SELECT seq, account, dedupe_key AS "dedupeKey", message_id AS "messageId", type, user_id AS "userId", event,
         event_time_ms AS "eventTimeMs", received_at_ms AS "receivedAtMs", body
  FROM squall_events WHERE seq > $1 AND ($3::text IS NULL OR type = $3) ORDER BY seq LIMIT $2
`

const PREPARED = { prepare: true }

/** A store in a PostgreSQL database: what `Store` says, each call a promise, one at a time. */
export class PostgresSession {
  readonly #sql: Sql
  #open = false
  #failure: unknown

  /** @param sql of one connection; `lost` is to be called when that has gone */
  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** Makes the table if there is none. */
  async begin(): Promise<void> {
    await this.#sql.unsafe(SCHEMA)
  }

  /** The connection has gone, and with it what stood in its open transaction: the next one must not pass for the same. */
  lost(): void {
    if (this.#open) this.#failure ??= new Error('the connection to the database was lost')
  }

  async add(record: NewRecord): Promise<boolean> {
    return (await this.#changed(INSERT, valuesOf(record))) === 1
  }

  async remove(account: string, userId: string, untilMs: number): Promise<void> {
    await this.#changed(REMOVE, [escaped(account), escaped(userId), Math.floor(untilMs)])
  }

  /** How many rows a statement changes, within the open transaction. */
  async #changed(statement: string, values: (string | number | null)[]): Promise<number> {
    if (this.#failure !== undefined) throw this.#failure
    try {
      return await this.#executed(statement, values)
    } catch (error) {
      this.#failure ??= error
      throw error
    }
  }

  async commit(): Promise<void> {
    const failure = this.#failure
    const isOpen = this.#open
    this.#failure = undefined
    this.#open = false
    if (failure !== undefined) await this.#rollBack(failure)
    if (isOpen) await this.#sql.unsafe('COMMIT')
  }

  async page(afterSeq: number, limit: number, type: string | null): Promise<readonly StoredRecord[]> {
    const rows = await this.#sql.unsafe<StoredRecord[]>(PAGE, [afterSeq, limit, type], PREPARED)
    return rows.map(unescaped)
  }

  async close(): Promise<void> {
    await this.commit()
    await this.#sql.end({ timeout: 5 })
  }

  async #executed(statement: string, values: (string | number | null)[]): Promise<number> {
    if (!this.#open) {
      await this.#sql.unsafe('BEGIN')
      this.#open = true
    }
    const { count } = await this.#sql.unsafe(statement, values, PREPARED)
    if (this.#failure !== undefined) throw this.#failure
    return count
  }

  /** Where the connection has gone there is nothing to roll back. */
  async #rollBack(reason: unknown): Promise<never> {
    await this.#sql.unsafe('ROLLBACK').catch(() => undefined)
    throw reason
  }
}

function valuesOf(record: NewRecord): (string | number | null)[] {
  const { account, dedupeKey, messageId, type, userId, event, eventTimeMs, receivedAtMs, body } = record
  const texts = [account, dedupeKey, messageId, type, userId, event].map(escaped)
  return [...texts, Math.floor(eventTimeMs), Math.floor(receivedAtMs), escaped(bodyText(body))]
}

function unescaped(record: StoredRecord): StoredRecord {
  const entries = Object.entries(record).map(([name, value]) => [
    name,
    typeof value === 'string' ? plain(value) : value,
  ])
  return Object.fromEntries(entries)
}

/** PostgreSQL keeps no NUL in a text: its sign stands for it, and for itself with a 1. */
function escaped(text: string | null): string | null {
  return text === null || !/[\0␀]/.test(text) ? text : text.replaceAll('␀', '␀1').replaceAll('\0', '␀0')
}

function plain(text: string): string {
  return text.includes('␀') ? text.replaceAll('␀0', '\0').replaceAll('␀1', '␀') : text
}
