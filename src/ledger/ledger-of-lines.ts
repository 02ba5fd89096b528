import type { ByteSink } from '../model/recorder.ts'
import type { LedgerHead } from './ledger-head.ts'
import { LineReader } from './line-reader.ts'
import type { LedgerRead } from './reader.ts'
import { LedgerWriter } from './writer.ts'

/**
 * Writes what a file of observation lines holds as a ledger file. What follows damage is left out, as it would be of a ledger.
 * @param open told whose file it is
 * @throws LedgerUnreadable when the first line is no head; what the sink throws
 */
export function ledgerOfLines(chunks: Iterable<Uint8Array>, open: (head: LedgerHead) => ByteSink): LedgerRead {
  let writer: LedgerWriter | undefined
  const reader = new LineReader({
    begin: (head) => {
      writer = new LedgerWriter(open(head), head)
    },
    visit: (observation) => writer!.record(observation),
  })
  for (const chunk of chunks) reader.read(chunk)
  writer?.close()
  return reader.end()
}

/** The head of a file of observation lines. @throws LedgerUnreadable */
export function headOfLines(chunks: Iterable<Uint8Array>): LedgerHead {
  let found: LedgerHead | undefined
  const reader = new LineReader({
    begin: (head) => {
      found = head
    },
    visit: () => undefined,
  })
  for (const chunk of chunks) {
    reader.read(chunk)
    if (found) return found
  }
  return reader.end().head
}
