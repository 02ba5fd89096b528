import { gzipSync } from 'node:zlib'

/** Makes gzip of a body. */
export function gzip(body: Uint8Array): Uint8Array {
  return gzipSync(body)
}
