import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const CHUNK_BYTES = 65_536
const LINE_BREAK = 10

/** Writes each line and a line break, to a file or, with `-`, to stdout, as fast as it is taken. A line may be lent. */
export async function writeLines(lines: Iterable<Uint8Array>, place: string): Promise<void> {
  const source = Readable.from(chunksOf(lines), { objectMode: false })
  if (place === '-') await pipeline(source, process.stdout, { end: false })
  else await pipeline(source, createWriteStream(place))
}

/** Lines joined to chunks of a size that is worth a write. Each is copied before the next one is asked for. */
export function* chunksOf(lines: Iterable<Uint8Array>): Generator<Uint8Array, void, undefined> {
  let chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES)
  let used = 0
  for (const line of lines) {
    if (used + line.length >= chunk.length) {
      if (used > 0) yield chunk.subarray(0, used)
      chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, line.length + 1))
      used = 0
    }
    chunk.set(line, used)
    used += line.length
    chunk[used++] = LINE_BREAK
  }
  if (used > 0) yield chunk.subarray(0, used)
}
