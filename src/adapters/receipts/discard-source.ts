import type { DiscardLine, DiscardSource } from '../../model/discards.ts'
import type { Receipt } from '../../model/receipt.ts'
import { type ReceiptSourceOptions, receiptSource } from './receipt-source.ts'

/** What exports and receivers call the reason, the first of them that is given. */
const CODE_NAMES = ['code', 'discardReason', 'discard_reason', 'reason', 'errorCode', 'error_code'] as const
/** What they call the number of events; a line without any is one event, or as many as its series sums to. */
const COUNT_NAMES = ['count', 'total'] as const
/** Under which a workspace export nests its lines, and each line its counts over time. */
const NESTED = ['data', 'dataset', 'series'] as const

type Fields = Readonly<Record<string, unknown>>

/**
 * What a receiver took and did not keep, as a text such as `file:discards.ndjson` names it: lines of `{"messageId", "code", "count"}`, each of
 * them optional, from wherever receipts can come; or Segment's own count of discards: `{"data": {"dataset": [{"discardReason", "series":
 * [{"count"}]}]}}`.
 * @throws ReceiptsUnreadable when it names no source; the message says what would
 */
export function discardSource(
  spec: string,
  options: Omit<ReceiptSourceOptions, 'idField' | 'fields'> = {},
): DiscardSource {
  const wanted = [...CODE_NAMES, ...COUNT_NAMES, ...NESTED]
  const { kind, location, read } = receiptSource(spec, { ...options, idOptional: true, fields: wanted })
  return { kind, location, read: () => linesOf(read()) }
}

async function* linesOf(pages: AsyncIterable<readonly Receipt[]>): AsyncGenerator<readonly DiscardLine[]> {
  for await (const page of pages) yield page.flatMap(({ messageId, extra = {} }) => linesIn(messageId, extra))
}

function linesIn(messageId: string, fields: Fields): DiscardLine[] {
  const nested = recordsIn(fields.dataset) ?? recordsIn(fields.data) ?? recordsIn(asFields(fields.data).dataset)
  if (nested !== undefined) return nested.map((one) => lineOf(textOf(one.messageId), one))
  return [lineOf(messageId, fields)]
}

function lineOf(messageId: string, fields: Fields): DiscardLine {
  const code = CODE_NAMES.map((name) => textOf(fields[name])).find((text) => text !== '')
  return { ...(messageId !== '' && { messageId }), code: code ?? '', count: countIn(fields) }
}

function countIn(fields: Fields): number {
  const stated = COUNT_NAMES.map((name) => numberOf(fields[name])).find((count) => count !== undefined)
  if (stated !== undefined) return stated
  const series = recordsIn(fields.series)
  return series === undefined ? 1 : series.reduce((sum, one) => sum + (numberOf(one.count) ?? 0), 0)
}

/** Undefined for what is no list of objects. */
function recordsIn(value: unknown): Fields[] | undefined {
  return Array.isArray(value) ? value.map(asFields) : undefined
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Public APIs give counts as numbers or as digits. */
function numberOf(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}
