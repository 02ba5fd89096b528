import { DAY_MS } from '../../../generators/civil-date.ts'
import type { UuidWords } from '../../../generators/uuid-cipher.ts'
import type { Fragment } from './utf8.ts'

/** The twin of `generators/byte-writer.ts`: keeps pieces of JSON in a list, and joins them when all are there. */
export class ByteWriter {
  private pieces: string[] = []

  begin(): void {
    this.pieces = []
  }

  /** A text is never written over. */
  rewind(): void {}

  end(): Fragment {
    return this.pieces.join('')
  }

  put(fragment: Fragment): void {
    this.pieces.push(fragment)
  }

  ascii(text: string): void {
    this.pieces.push(text)
  }

  whole(value: number): void {
    this.pieces.push(String(value))
  }

  digits(value: number, width: number): void {
    this.pieces.push(String(value).padStart(width, '0'))
  }

  hundredths(value: number): void {
    this.pieces.push(String(value / 100))
  }

  instant(epochMs: number): void {
    this.pieces.push(new Date(epochMs).toISOString())
  }

  day(dayNumber: number): void {
    this.pieces.push(new Date(dayNumber * DAY_MS).toISOString().slice(0, DATE_LENGTH))
  }

  /** The engine's own conversion is several times as fast as a loop; it knows 36 digits. */
  code(value: number, digits: Fragment, width: number): void {
    const base = digits.length
    if (base > 36) this.pieces.push(codeOf(value, digits, width))
    else {
      const text = value.toString(base).padStart(width, '0')
      this.pieces.push(digits === digits.toLowerCase() ? text : text.toUpperCase())
    }
  }

  uuid({ w0, w1, w2, w3 }: UuidWords, hexDigits: Fragment = HEX_DIGITS): void {
    const first = `${HEX[w0 >>> 16]}${HEX[w0 & 0xffff]}-${HEX[w1 >>> 16]}-${HEX[w1 & 0xffff]}`
    const text = `${first}-${HEX[w2 >>> 16]}-${HEX[w2 & 0xffff]}${HEX[w3 >>> 16]}${HEX[w3 & 0xffff]}`
    this.pieces.push(hexDigits === HEX_DIGITS ? text : text.toUpperCase())
  }
}

function codeOf(value: number, digits: string, width: number): string {
  let rest = value
  let text = ''
  for (let i = 0; i < width; i++) {
    const next = Math.floor(rest / digits.length)
    text = digits.charAt(rest - next * digits.length) + text
    rest = next
  }
  return text
}

/** 16 bits in hex, all of them: to look up eight of them is more than twice as fast as any other way to a UUID. */
const BYTES = Array.from({ length: 256 }, (_, byte) => (byte + 256).toString(16).slice(1))
const HEX: readonly string[] = BYTES.flatMap((high) => BYTES.map((low) => high + low))
/** Of `2026-11-21`. */
const DATE_LENGTH = 10
const HEX_DIGITS: Fragment = '0123456789abcdef'
/** For `uuid`: as Apple's libraries write them. */
export const UPPER_HEX_DIGITS: Fragment = '0123456789ABCDEF'
