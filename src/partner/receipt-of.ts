import { isoText } from '../model/iso-instant.ts'
import type { Receipt } from '../model/receipt.ts'
import { bodyText } from './body-text.ts'
import type { StoredRecord } from './store.ts'

/** A stored record as `GET /receipts` tells it. */
export function receiptOf(record: StoredRecord): Receipt {
  return {
    messageId: record.messageId,
    type: record.type,
    userId: record.userId,
    timestamp: isoText(record.eventTimeMs),
    receivedAt: isoText(record.receivedAtMs),
    event: record.event,
    account: record.account,
    body: bodyText(record.body),
  }
}
