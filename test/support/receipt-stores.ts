import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type ReceiptSourceOptions, receiptSource } from '../../src/adapters/receipts/receipt-source.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import { afterFile } from './after-file.ts'

export type Row = Readonly<Record<string, unknown>>

let folder: string | undefined
let files = 0

export async function batchesOf(spec: string, options?: ReceiptSourceOptions): Promise<(readonly Receipt[])[]> {
  const batches: (readonly Receipt[])[] = []
  for await (const batch of receiptSource(spec, options).read()) batches.push(batch)
  return batches
}

export async function read(spec: string, options?: ReceiptSourceOptions): Promise<Receipt[]> {
  return (await batchesOf(spec, options)).flat()
}

export function linesOf(rows: readonly Row[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

/** A place in a folder that goes with the file of tests. */
function newPath(ending: string): string {
  folder ??= mkdtempSync(join(tmpdir(), 'receipts-'))
  if (files === 0) afterFile(removeFolder)
  return join(folder, `${files++}${ending}`)
}

function removeFolder(): void {
  rmSync(folder!, { recursive: true })
  folder = undefined
  files = 0
}

export function written(text: string): string {
  const path = newPath('.json')
  writeFileSync(path, text)
  return path
}

export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  afterFile(() => new Promise((done) => server.close(done)))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

export function tabled(rows: readonly Row[]): string {
  const path = newPath('.db')
  const database = new DatabaseSync(path)
  const columns = Object.keys(rows[0] ?? { messageId: '' })
  database.exec(`CREATE TABLE stored (${columns.map((column) => `"${column}"`).join(', ')})`)
  database.exec('BEGIN')
  const insert = database.prepare(`INSERT INTO stored VALUES (${columns.map(() => '?').join(', ')})`)
  for (const row of rows) insert.run(...columns.map((column) => (row[column] ?? null) as string | number | null))
  database.exec('COMMIT')
  database.close()
  return path
}
