import { ReceiptsUnreadable } from '../../model/receipt.ts'

/** What records look like. */
export interface RecordForm {
  readonly idField: string
  /** Whether a record may do without an id, which is then empty. */
  readonly idOptional?: boolean
  /** Fields that are taken over beside those that receipts have. */
  readonly fields?: readonly string[]
}

/** Where records are being read, for messages, and what they look like there. */
export interface ReceiptPlace extends RecordForm {
  readonly location: string
}

/** Where a line of a state names its user. */
export const STATE_ID_FIELD = 'userId'

const REASON_MAX = 300

/** What a source throws: one line that begins with the place. Foreign text in it loses what would move a terminal's cursor. */
export function unreadable(place: Pick<ReceiptPlace, 'location'>, why: string): ReceiptsUnreadable {
  const line = why.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return new ReceiptsUnreadable(`${place.location}: ${line.slice(0, REASON_MAX)}`)
}

/** The text of whatever was thrown. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  return 'code' in error ? String(error.code) : error.name
}
