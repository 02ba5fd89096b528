import type { Receipt } from '../../model/receipt.ts'
import { receiptOf } from './receipt-of.ts'
import { type ReceiptPlace, unreadable } from './receipt-place.ts'
import { textLines } from './text-lines.ts'

/** Records as one JSON object a line, read as they come · or all at once, as a page that may name the next one. */
export type ReceiptDocument =
  | { readonly kind: 'lines'; readonly batches: AsyncIterable<readonly Receipt[]> }
  | { readonly kind: 'page'; readonly receipts: readonly Receipt[]; readonly next: string | null }

const BATCH = 100
const LIST_NAMES = ['records', 'data', 'items'] as const
const DOCUMENT_MAX = 256 * 1024 * 1024

/**
 * Tells by its first line what a document is: a record stands there whole, or it is the beginning of a JSON list or page.
 * @throws ReceiptsUnreadable naming the line
 */
export async function openDocument(chunks: AsyncIterable<Uint8Array>, place: ReceiptPlace): Promise<ReceiptDocument> {
  const lines = textLines(chunks, place)
  const head: string[] = []
  for (let step = await lines.next(); !step.done; step = await lines.next()) {
    for (const line of step.value) head.push(line)
    const first = head.find((line) => line.trim() !== '')
    if (first === undefined) continue
    if (isRecord(parsed(first), place)) return { kind: 'lines', batches: batches(head, lines, place) }
    return pageOf(await wholeText(head, lines, place), head.indexOf(first) + 1, place)
  }
  return { kind: 'page', receipts: [], next: null }
}

async function* batches(
  head: readonly string[],
  lines: AsyncIterable<readonly string[]>,
  place: ReceiptPlace,
): AsyncGenerator<readonly Receipt[]> {
  let lineNumber = 1
  for await (const some of inTurn(head, lines)) {
    for (let at = 0; at < some.length; at += BATCH) {
      yield recordsOf(some.slice(at, at + BATCH), lineNumber + at, place)
    }
    lineNumber += some.length
  }
}

async function* inTurn<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T> {
  yield first
  yield* others
}

function recordsOf(lines: readonly string[], firstNumber: number, place: ReceiptPlace): Receipt[] {
  const receipts: Receipt[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    if (line.trim() !== '') receipts.push(receiptOf(parsed(line), `line ${firstNumber + i}`, place))
  }
  return receipts
}

async function wholeText(head: string[], lines: AsyncIterable<string[]>, place: ReceiptPlace): Promise<string> {
  const parts = [head.join('\n')]
  let length = parts[0]!.length
  for await (const some of lines) {
    const part = some.join('\n')
    length += part.length
    if (length > DOCUMENT_MAX)
      throw unreadable(place, 'more than 256 MB in one JSON value; give one JSON object a line')
    parts.push(part)
  }
  return parts.join('\n')
}

function pageOf(text: string, firstLine: number, place: ReceiptPlace): ReceiptDocument {
  const value = parsed(text)
  const list = Array.isArray(value) ? value : listIn(value)
  if (list !== undefined) {
    const receipts = list.map((record, i) => receiptOf(record, `record ${i + 1}`, place))
    return { kind: 'page', receipts, next: nextOf(value, place) }
  }
  return { kind: 'page', receipts: [receiptOf(value, `line ${firstLine}`, place)], next: null }
}

function nextOf(page: unknown, place: ReceiptPlace): string | null {
  if (Array.isArray(page)) return null
  const { next } = page as { readonly next?: unknown }
  if (next === undefined || next === null || next === '') return null
  if (typeof next === 'string') return next
  throw unreadable(place, '"next" of a page is neither a URL nor null')
}

function isRecord(value: unknown, place: ReceiptPlace): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.hasOwn(value, place.idField) || listIn(value) === undefined
}

function listIn(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const page = value as Readonly<Record<string, unknown>>
  const lists = LIST_NAMES.filter((name) => Object.hasOwn(page, name)).map((name) => page[name])
  return lists.find((list) => Array.isArray(list))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
