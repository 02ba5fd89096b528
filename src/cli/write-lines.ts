import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const CHUNK_BYTES = 65_536
const NEWLINE = Uint8Array.of(10)

/** Writes each line and a line break, to a file or, with `-`, to stdout, as fast as it is taken. */
export async function writeLines(lines: Iterable<Uint8Array>, place: string): Promise<void> {
  const source = Readable.from(chunksOf(lines), { objectMode: false })
  if (place === '-') await pipeline(source, process.stdout, { end: false })
  else await pipeline(source, createWriteStream(place))
}

/** Lines joined to chunks of a size that is worth a write. */
function* chunksOf(lines: Iterable<Uint8Array>): Generator<Uint8Array, void, undefined> {
  let parts: Uint8Array[] = []
  let bytes = 0
  for (const line of lines) {
    parts.push(line, NEWLINE)
    bytes += line.length + 1
    if (bytes < CHUNK_BYTES) continue
    yield Buffer.concat(parts)
    parts = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(parts)
}
