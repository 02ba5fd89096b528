import { isoText } from '../model/iso-instant.ts'
import type { Receipt } from '../model/receipt.ts'
import type { StoredRecord } from '../partner/store.ts'

/** A stored record as its receipt, each field made when it is looked at: what `receiptOf` tells, without the way through JSON. */
export function recordReceipt(record: StoredRecord): Receipt {
  return new RecordReceipt(record)
}

class RecordReceipt implements Receipt {
  readonly [pointer: `/${string}`]: unknown
  readonly #record: StoredRecord

  constructor(record: StoredRecord) {
    this.#record = record
  }

  get messageId(): string {
    return this.#record.messageId
  }

  get type(): string {
    return this.#record.type
  }

  get userId(): string | null {
    return this.#record.userId
  }

  get timestamp(): string {
    return isoText(this.#record.eventTimeMs)
  }

  get receivedAt(): string {
    return isoText(this.#record.receivedAtMs)
  }

  get event(): string | null {
    return this.#record.event
  }

  get body(): string | Uint8Array {
    return this.#record.body
  }
}
