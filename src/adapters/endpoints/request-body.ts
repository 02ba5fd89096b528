import type { IncomingMessage } from 'node:http'

/** The largest batches that Segment makes are some 5 MB. */
const BODY_BYTES_MAX = 16 * 1_048_576

/** Reads a request's body to its end, to the byte. `done` gets undefined when it is larger than 16 MB; nobody when it breaks off. */
export function readBody(request: IncomingMessage, done: (body: Uint8Array | undefined) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  request.on('data', (chunk: Buffer) => {
    const before = length
    length += chunk.length
    if (length <= BODY_BYTES_MAX) chunks.push(chunk)
    else if (before <= BODY_BYTES_MAX) done(undefined)
  })
  request.on('end', () => {
    if (length <= BODY_BYTES_MAX) done(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
  })
  request.on('error', () => {})
}
