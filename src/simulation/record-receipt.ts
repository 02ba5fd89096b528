import { isoText } from '../model/iso-instant.ts'
import type { Receipt } from '../model/receipt.ts'
import type { StoredRecord } from '../partner/store.ts'

/** A stored record as its receipt, each field made when it is looked at: what `receiptOf` tells, without the way through JSON. */
export function recordReceipt(
  record: StoredRecord,
  names: ReadonlyMap<string, string>,
  understood: (record: StoredRecord) => Readonly<Record<string, unknown>>,
): Receipt {
  return new RecordReceipt(record, names, understood)
}

class RecordReceipt implements Receipt {
  readonly [pointer: `/${string}`]: unknown
  readonly #record: StoredRecord
  readonly #names: ReadonlyMap<string, string>

  readonly #understood: (record: StoredRecord) => Readonly<Record<string, unknown>>

  constructor(
    record: StoredRecord,
    names: ReadonlyMap<string, string>,
    understood: (record: StoredRecord) => Readonly<Record<string, unknown>>,
  ) {
    this.#record = record
    this.#names = names
    this.#understood = understood
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

  get account(): string {
    return this.#names.get(this.#record.account) ?? this.#record.account
  }

  get extra(): Readonly<Record<string, unknown>> {
    return this.#understood(this.#record)
  }

  get body(): string | Uint8Array {
    return this.#record.body
  }
}
