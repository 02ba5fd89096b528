import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { type Receipt, type ReceiptSource, ReceiptsUnreadable } from '../../model/receipt.ts'
import { queryOf } from '../postgres/database-url.ts'
import { pathOf } from './file-receipts.ts'
import { masked } from './masked.ts'
import { receiptOf } from './receipt-of.ts'
import { type ReceiptPlace, type RecordForm, reasonOf, unreadable } from './receipt-place.ts'

const BATCH = 100
const LOCK_WAIT_MS = 5000
const QUERY = '?query='

/**
 * Receipts from a query of an SQLite file, opened read-only; columns are fields. `spec` is `sqlite:PATH?query=SELECT …`.
 * @throws ReceiptsUnreadable without a query
 */
export function sqliteReceipts(spec: string, form: RecordForm): ReceiptSource {
  const at = spec.indexOf(QUERY)
  const location = masked(at < 0 ? spec : spec.slice(0, at))
  const query = at < 0 ? '' : queryOf(spec.slice(at + QUERY.length))
  if (query.trim() === '') {
    throw unreadable({ location }, 'give the query that reads it: sqlite:PATH?query=SELECT id AS messageId FROM events')
  }
  const path = pathOf(at < 0 ? spec : spec.slice(0, at))
  return { kind: 'sqlite', location, read: () => readDatabase(path, query, { location, ...form }) }
}

async function* readDatabase(path: string, query: string, place: ReceiptPlace): AsyncGenerator<readonly Receipt[]> {
  if (!existsSync(path)) throw unreadable(place, 'there is no such file')
  let database: DatabaseSync | undefined
  try {
    const sqlite = await import('node:sqlite')
    database = new sqlite.DatabaseSync(path, { readOnly: true, timeout: LOCK_WAIT_MS })
    yield* rowsOf(database, query, place)
  } catch (error) {
    throw error instanceof ReceiptsUnreadable ? error : unreadable(place, reasonOf(error))
  } finally {
    database?.close()
  }
}

function* rowsOf(database: DatabaseSync, query: string, place: ReceiptPlace): Generator<readonly Receipt[]> {
  const statement = database.prepare(query)
  statement.setReadBigInts(true)
  let batch: Receipt[] = []
  let rowNumber = 0
  for (const row of statement.iterate()) {
    batch.push(receiptOf(plainRow(row), `row ${++rowNumber}`, place))
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Large integers become the nearest number, as in JSON; bytes become text. */
function plainRow(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plainValue(value)]))
}

function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value
}
