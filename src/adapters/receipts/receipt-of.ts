import type { Receipt } from '../../model/receipt.ts'
import { type ReceiptPlace, STATE_ID_FIELD, unreadable } from './receipt-place.ts'

const FIELDS = ['type', 'userId', 'timestamp', 'receivedAt', 'event', 'body', 'digest', 'traits', 'account'] as const

type Writable = { -readonly [Key in keyof Receipt]: Receipt[Key] }

/**
 * A record as the store gave it → a Receipt. Takes over the fields that receipts have and those that are JSON Pointers, and no others,
 * so no foreign key is ever set; leaves out nulls.
 * @param at which record it is, for messages: "line 7"
 * @throws ReceiptsUnreadable
 */
export function receiptOf(record: unknown, at: string, place: ReceiptPlace): Receipt {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw unreadable(place, `${at} is not a JSON object`)
  }
  const fields = record as Readonly<Record<string, unknown>>
  const receipt: Writable = { messageId: idOf(fields, at, place) }
  for (const field of FIELDS) {
    if (fields[field] != null && field !== place.idField && Object.hasOwn(fields, field)) receipt[field] = fields[field]
  }
  for (const key of Object.keys(fields)) {
    if (key.startsWith('/') && fields[key] != null) receipt[key as `/${string}`] = fields[key]
  }
  const extra = extraOf(fields, place)
  return extra === undefined ? receipt : { ...receipt, extra }
}

function extraOf(fields: Readonly<Record<string, unknown>>, { fields: wanted = [] }: ReceiptPlace): Receipt['extra'] {
  const entries = wanted.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, fields[name]])
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function idOf(fields: Readonly<Record<string, unknown>>, at: string, place: ReceiptPlace): string {
  const id = Object.hasOwn(fields, place.idField) ? fields[place.idField] : undefined
  if (typeof id === 'string' && id !== '') return id
  if (typeof id === 'number') return String(id)
  if (place.idOptional && id == null) return ''
  throw unreadable(place, `${at} has no text under "${place.idField}"; ${cureOf(place)}`)
}

function cureOf({ idField }: ReceiptPlace): string {
  return idField === STATE_ID_FIELD
    ? 'write a state as {"userId": "…", "traits": {…}} lines'
    : 'name the field that holds the messageId with --id-field'
}
