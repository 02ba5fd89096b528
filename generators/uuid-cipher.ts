import { hashText, mix32 } from '../src/model/hash.ts'

const { imul } = Math

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
    this.keys = Int32Array.from({ length: 4 }, (_, i) => hashText(mix32(i + 1), key))
  }

  /** Leaves the UUID of `value` in the four words. */
  encode(value: number): UuidWords {
    const high = Math.floor(value / 4294967296)
    const low = value >>> 0
    this.tag(high, low)
    const mask = this.mask()
    this.w1 = ((high ^ halfOf(mask)) << 16) | VERSION | this.w1
    this.w3 = low ^ mask
    return this
  }

  /** The number below 2^48 whose UUID under this key is `text`, in lower case; undefined if there is none. */
  decode(text: string): number | undefined {
    if (!hasFormOfUuid(text)) return undefined
    const w0 = (halfAt(text, 0) << 16) | halfAt(text, 4)
    const w1 = (halfAt(text, 9) << 16) | halfAt(text, 14)
    const w2 = (halfAt(text, 19) << 16) | halfAt(text, 24)
    const w3 = (halfAt(text, 28) << 16) | halfAt(text, 32)
    if ((w1 & 0xf000) !== VERSION || (w2 & 0xc0000000) !== VARIANT) return undefined
    this.w0 = w0
    this.w1 = w1 & 0xfff
    this.w2 = w2
    const mask = this.mask()
    const high = (w1 >>> 16) ^ halfOf(mask)
    const low = (w3 ^ mask) >>> 0
    this.tag(high, low)
    const same = this.w0 === w0 && this.w1 === (w1 & 0xfff) && this.w2 === w2
    return same ? high * 4294967296 + low : undefined
  }

  /** Four words of mixing in all: k6's engine needs a microsecond for each. */
  private tag(high: number, low: number): void {
    const { keys } = this
    const a = mix32(low ^ keys[0]!)
    const b = mix32((high ^ keys[1]!) + imul(a, 0x9e3779b1))
    const c = mix32(imul(a, 0x85ebca77) ^ b ^ keys[2]!)
    this.w0 = b | 0
    this.w2 = VARIANT | (c & 0x3fffffff)
    this.w1 = imul(a ^ c, 0xc2b2ae3d) >>> 20
  }

  private mask(): number {
    return mix32((imul(this.w0, 0x9e3779b1) + this.w2) ^ imul(this.w1, 0x27d4eb2f) ^ this.keys[3]!) | 0
  }
}

/** 16 bits of a mask that hides 32 already. */
function halfOf(mask: number): number {
  return imul(mask, 0x85ebca77) >>> 16
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

/** 36 characters: hyphens where they belong, else digits of lower-case hex. */
function hasFormOfUuid(text: string): boolean {
  if (text.length !== 36) return false
  for (let i = 0; i < 36; i++) {
    const code = text.charCodeAt(i)
    const isHyphenHere = i === 8 || i === 13 || i === 18 || i === 23
    if (isHyphenHere ? code !== HYPHEN : !(code < 128 && HEX_VALUES[code]! < 16)) return false
  }
  return true
}

/** 16 bits. */
function halfAt(text: string, at: number): number {
  return (digitAt(text, at) << 12) | (digitAt(text, at + 1) << 8) | (digitAt(text, at + 2) << 4) | digitAt(text, at + 3)
}

function digitAt(text: string, at: number): number {
  return HEX_VALUES[text.charCodeAt(at)]!
}

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => (byte + 256).toString(16).slice(1))
const VERSION = 0x4000
const VARIANT = 0x80000000 | 0
const HYPHEN = 45
/** By character code: what a digit stands for, 16 for every other character. */
const HEX_VALUES: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code))
  return value < 0 ? 16 : value
})
