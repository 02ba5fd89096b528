import crypto from 'k6/crypto'
import type { Digest } from '../../src/model/world.ts'

/** Events are texts here, whatever their type says; k6 takes the digest of their UTF-8. */
export const k6Digest: Digest = {
  sha256: (content) => crypto.sha256(asText(content), 'hex'),
  hmacSha1Hex: (key, content) => crypto.hmac('sha1', key, asText(content), 'hex'),
}

function asText(content: string | Uint8Array): string {
  return content as string
}
