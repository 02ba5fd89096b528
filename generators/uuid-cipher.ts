import { hashText, mix32 } from '../src/model/hash.ts'

/** A UUID as four 32-bit words. */
export interface UuidWords {
  readonly w0: number
  readonly w1: number
  readonly w2: number
  readonly w3: number
}

/**
 * Numbers below 2^48 as valid UUIDs of version 4, and back. A UUID has 122 free bits: 74 hold a keyed hash of the number (the
 * tag), 48 the number itself, hidden under a mask that is a keyed hash of the tag. So neighbours look unrelated, and what another
 * key or chance made does not decode: its tag would have to agree in 74 bits.
 *
 * Layout: tag = w0 (32 bits), the last 12 of w1, the last 30 of w2; number = the first 16 of w1 and w3.
 */
export class UuidCipher implements UuidWords {
  w0 = 0
  w1 = 0
  w2 = 0
  w3 = 0
  private readonly keys: Int32Array

  constructor(key: string) {
    this.keys = Int32Array.from({ length: 8 }, (_, i) => hashText(mix32(i + 1), key))
  }

  /** Leaves the UUID of `value` in the four words. */
  encode(value: number): UuidWords {
    const high = Math.floor(value / 4294967296)
    const low = value >>> 0
    this.tag(high, low)
    const mask = this.mask()
    this.w1 = (((high ^ (mask >>> 16)) & 0xffff) << 16) | VERSION | (this.w1 & 0xfff)
    this.w3 = (low ^ mix32(mask ^ this.keys[7]!)) | 0
    return this
  }

  /** The number below 2^48 whose UUID under this key is `text`, in lower case; undefined if there is none. */
  decode(text: string): number | undefined {
    if (!UUID_V4.test(text)) return undefined
    const w0 = wordAt(text, 0)
    const w1 = Number.parseInt(text.slice(9, 13) + text.slice(14, 18), 16) | 0
    const w2 = Number.parseInt(text.slice(19, 23) + text.slice(24, 28), 16) | 0
    const w3 = wordAt(text, 28)
    this.w0 = w0
    this.w1 = w1 & 0xfff
    this.w2 = w2
    const mask = this.mask()
    const high = ((w1 >>> 16) ^ (mask >>> 16)) & 0xffff
    const low = (w3 ^ mix32(mask ^ this.keys[7]!)) >>> 0
    this.tag(high, low)
    const same = this.w0 === w0 && this.w1 === (w1 & 0xfff) && this.w2 === w2
    return same ? high * 4294967296 + low : undefined
  }

  private tag(high: number, low: number): void {
    const keys = this.keys
    const a = mix32(low ^ keys[0]!)
    const b = mix32((high ^ keys[1]!) + Math.imul(a, 0x9e3779b1))
    const c = mix32(Math.imul(a, 0x85ebca77) ^ b ^ keys[2]!)
    const d = mix32(Math.imul(c, 0xc2b2ae3d) + (b ^ keys[3]!))
    const e = mix32(Math.imul(d, 0x27d4eb2f) ^ (c + keys[4]!))
    this.w0 = c | 0
    this.w2 = VARIANT | (d & 0x3fffffff)
    this.w1 = e & 0xfff
  }

  private mask(): number {
    const a = mix32(this.w0 ^ this.keys[5]!)
    return mix32((Math.imul(a, 0x9e3779b1) + this.w2) ^ Math.imul(this.w1, 0x85ebca77) ^ this.keys[6]!)
  }
}

export function uuidText({ w0, w1, w2, w3 }: UuidWords): string {
  return `${firstHalf(w0)}${lastHalf(w0)}-${firstHalf(w1)}-${lastHalf(w1)}-${firstHalf(w2)}-${lastHalf(w2)}${firstHalf(w3)}${lastHalf(w3)}`
}

/** The first four hex digits of a word. */
function firstHalf(word: number): string {
  return BYTES[word >>> 24]! + BYTES[(word >>> 16) & 255]!
}

/** The last four. */
function lastHalf(word: number): string {
  return BYTES[(word >>> 8) & 255]! + BYTES[word & 255]!
}

function wordAt(text: string, at: number): number {
  return Number.parseInt(text.slice(at, at + 8), 16) | 0
}

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => (byte + 256).toString(16).slice(1))
const VERSION = 0x4000
const VARIANT = 0x80000000 | 0
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
