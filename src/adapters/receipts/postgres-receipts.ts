import type { Sql } from 'postgres'
import { type Receipt, type ReceiptSource, ReceiptsUnreadable } from '../../model/receipt.ts'
import { databaseTrouble } from '../postgres/database-trouble.ts'
import { type DatabaseUrl, databaseUrl } from '../postgres/database-url.ts'
import { openDatabase } from '../postgres/open-database.ts'
import type { TlsMaterial } from '../tls-material.ts'
import { masked } from './masked.ts'
import { receiptOf } from './receipt-of.ts'
import { type ReceiptPlace, type RecordForm, reasonOf, unreadable } from './receipt-place.ts'

const PAGE = 1000
const EXAMPLE = 'postgres://user@127.0.0.1/database?query=SELECT id AS "messageId" FROM events'

export interface PostgresReceiptOptions {
  readonly form: RecordForm
  readonly allowHost: (host: string) => boolean
  /** The password where the URL holds none; before `$PGPASSWORD`. A key for other sources may be meant, so the URL's own stays. */
  readonly key?: string
  readonly tls?: TlsMaterial
}

/**
 * Receipts from a query of a PostgreSQL database, in a transaction that only reads, a page at a time; columns are fields. `spec` is
 * `postgres://user@host/database?query=SELECT …`; this machine's databases only, and those of hosts that `allowHost` lets through.
 * @throws ReceiptsUnreadable without a query, or when it is no URL
 */
export function postgresReceipts(spec: string, options: PostgresReceiptOptions): ReceiptSource {
  const location = masked(spec.split(/[?&]query=/, 1)[0]!)
  const url = parsed(spec, location)
  if (url.query.trim() === '') throw unreadable({ location }, `give the query that reads it: ${EXAMPLE}`)
  return { kind: 'postgres', location, read: () => readDatabase(url, { location, ...options.form }, options) }
}

function parsed(spec: string, location: string): DatabaseUrl {
  try {
    return databaseUrl(spec)
  } catch (error) {
    throw unreadable({ location }, reasonOf(error))
  }
}

async function* readDatabase(
  url: DatabaseUrl,
  place: ReceiptPlace,
  { allowHost, key: password, tls }: PostgresReceiptOptions,
): AsyncGenerator<readonly Receipt[]> {
  let sql: Sql | undefined
  try {
    sql = await openDatabase(url, { allowHost, password, tls })
    yield* rowsOf(sql, url.query, place)
  } catch (error) {
    throw error instanceof ReceiptsUnreadable ? error : unreadable(place, databaseTrouble(error))
  } finally {
    await sql?.end({ timeout: 0 })
  }
}

/** A cursor's rows: the server keeps what has not been asked for yet. */
async function* rowsOf(sql: Sql, query: string, place: ReceiptPlace): AsyncGenerator<readonly Receipt[]> {
  await sql.unsafe('BEGIN READ ONLY')
  // One statement by protocol, not by trust: what follows a semicolon is an error.
  await sql.unsafe(`DECLARE receipts NO SCROLL CURSOR FOR ${query.replace(/[\s;]+$/, '')}`, [], ONE_STATEMENT)
  let rowNumber = 0
  for (;;) {
    const rows = await sql.unsafe(`FETCH ${PAGE} FROM receipts`)
    if (rows.length === 0) return
    yield rows.map((row) => receiptOf(row, `row ${++rowNumber}`, place))
  }
}

const ONE_STATEMENT: object = { simple: false }
