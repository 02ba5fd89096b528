import { open } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

const LOOK_MS = 50
const CHUNK_BYTES = 256 * 1024

/**
 * The bytes of a file as another process appends them; a chunk is overwritten by the next one. Who writes never waits for who reads.
 * Once `over` is aborted, what is there is read to its end.
 */
export async function* growingFile(path: string, over: AbortSignal): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  const chunk = new Uint8Array(CHUNK_BYTES)
  try {
    for (;;) {
      // Looked at before reading: what is written until then is read below.
      const last = over.aborted
      for (let read = (await file.read(chunk)).bytesRead; read > 0; read = (await file.read(chunk)).bytesRead) {
        yield chunk.subarray(0, read)
      }
      if (last) return
      await pause(LOOK_MS, undefined, { signal: over }).catch(() => undefined)
    }
  } finally {
    await file.close()
  }
}
