import type { Receipt } from '../model/receipt.ts'
import type { StoredRecord } from './store.ts'

/** A stored record as `GET /receipts` tells it. */
export function receiptOf(record: StoredRecord): Receipt {
  return {
    messageId: record.messageId,
    type: record.type,
    userId: record.userId,
    timestamp: iso(record.eventTimeMs),
    receivedAt: iso(record.receivedAtMs),
    event: record.event,
    body: record.body,
  }
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
