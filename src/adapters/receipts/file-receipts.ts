import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Receipt, type ReceiptSource, ReceiptsUnreadable } from '../../model/receipt.ts'
import { masked } from './masked.ts'
import { openDocument, type ReceiptDocument } from './receipt-document.ts'
import { type ReceiptPlace, type RecordForm, reasonOf, unreadable } from './receipt-place.ts'

/** Receipts in a file: one JSON object a line, or a JSON list. `spec` is `file:PATH`. */
export function fileReceipts(spec: string, form: RecordForm): ReceiptSource {
  const place = { location: masked(spec), ...form }
  const path = pathOf(spec)
  return { kind: 'file', location: place.location, read: () => readFile(path, place) }
}

/** Path of `file:PATH`, of `file:///PATH`, or of another scheme with a path. */
export function pathOf(spec: string): string {
  const rest = spec.slice(spec.indexOf(':') + 1)
  return rest.startsWith('///') ? fileURLToPath(`file:${rest}`) : rest
}

async function* readFile(path: string, place: ReceiptPlace): AsyncGenerator<readonly Receipt[]> {
  const stream = createReadStream(path, { highWaterMark: 64 * 1024 })
  try {
    yield* onlyPage(await openDocument(stream, place), place)
  } catch (error) {
    throw error instanceof ReceiptsUnreadable ? error : unreadable(place, reasonOf(error))
  } finally {
    stream.destroy()
  }
}

/** The records of a document that stands alone. @throws ReceiptsUnreadable when it is the page of a longer list */
export async function* onlyPage(document: ReceiptDocument, place: ReceiptPlace): AsyncGenerator<readonly Receipt[]> {
  if (document.kind === 'lines') {
    yield* document.batches
    return
  }
  if (document.next !== null)
    throw unreadable(place, 'this page names a next one, which only an http source can follow')
  yield document.receipts
}
