import { type FileHandle, open } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Receipt, type ReceiptSource, ReceiptsUnreadable } from '../../model/receipt.ts'
import { masked } from './masked.ts'
import { openDocument, type ReceiptDocument } from './receipt-document.ts'
import { type ReceiptPlace, type RecordForm, reasonOf, unreadable } from './receipt-place.ts'

const CHUNK_BYTES = 64 * 1024

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
  let file: FileHandle | undefined
  try {
    file = await open(path)
    yield* onlyPage(await openDocument(chunksOf(file), place), place)
  } catch (error) {
    throw error instanceof ReceiptsUnreadable ? error : unreadable(place, reasonOf(error))
  } finally {
    await file?.close()
  }
}

/** Each chunk is gone with the next: all are read into the same memory. Others would lie about in the process long after they were let go of. */
async function* chunksOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(CHUNK_BYTES)
  for (;;) {
    const { bytesRead } = await file.read(chunk)
    if (bytesRead === 0) return
    yield chunk.subarray(0, bytesRead)
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
