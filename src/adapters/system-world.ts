import { createHash, randomBytes } from 'node:crypto'
import type { Clock, Digest, Random } from '../model/world.ts'
import { hmacSha1Hex } from './hmac-sha1.ts'

/** This machine's clocks. Timers are a millisecond coarse, as Node's are. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  at(atMs, wake) {
    const timer = setTimeout(wake, Math.max(0, Math.ceil(atMs - performance.now())))
    return { cancel: () => clearTimeout(timer) }
  },
}

const RUN_ID_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

export const systemRandom: Random = {
  runId: () => Array.from(randomBytes(8), (byte) => RUN_ID_LETTERS[byte % RUN_ID_LETTERS.length]).join(''),
}

export const systemDigest: Digest = {
  sha256: (content) => createHash('sha256').update(content).digest('hex'),
  hmacSha1Hex,
}
