import { type Receipt, type ReceiptSource, ReceiptsUnreadable } from '../../src/model/receipt.ts'

/** A source whose nth reading gives the nth list of records, and the last list ever after. */
export function memoryReceipts(...readings: (readonly Receipt[])[]): ReceiptSource {
  let reads = 0
  return {
    kind: 'file',
    location: 'memory',
    async *read() {
      const records = readings[Math.min(reads++, readings.length - 1)] ?? []
      for (let at = 0; at < records.length; at += 7) yield records.slice(at, at + 7)
    },
  }
}

export function brokenReceipts(why: string): ReceiptSource {
  return {
    kind: 'http',
    location: 'broken',
    // biome-ignore lint/correctness/useYield: it fails before it has anything to give
    async *read() {
      throw new ReceiptsUnreadable(why)
    },
  }
}
