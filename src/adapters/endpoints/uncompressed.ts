import { gunzipSync } from 'node:zlib'

/** Twice what any request may carry: whatever is larger is refused all the same. */
const BYTES_MAX = 1024 * 1024

/** A request's body as it was before it was compressed; undefined: it cannot be told, or is larger than it may be. */
export function uncompressed(body: Uint8Array | undefined, encoding: string | undefined): Uint8Array | undefined {
  if (body === undefined || encoding === undefined || /^identity$/i.test(encoding)) return body
  if (!/^(x-)?gzip$/i.test(encoding)) return undefined
  try {
    return gunzipSync(body, { maxOutputLength: BYTES_MAX })
  } catch {
    return undefined
  }
}
