import { DAY_MS } from '../../../generators/civil-date.ts'
import type { UuidWords } from '../../../generators/uuid-cipher.ts'
import type { Fragment } from './utf8.ts'

/** The twin of `generators/byte-writer.ts`: keeps pieces of JSON in a list, and joins them when all are there. */
export class ByteWriter {
  private pieces: string[] = []

  begin(): void {
    this.pieces = []
  }

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
    const head = hex8(w0 >>> 0)
    const middle = hex12((w1 >>> 0) * 0x10000 + (w2 >>> 16))
    const tail = hex12((w2 & 0xffff) * 0x100000000 + (w3 >>> 0))
    const text = `${head}-${middle.slice(0, 4)}-${middle.slice(4, 8)}-${middle.slice(8)}-${tail}`
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

/** So many hex digits of a number; one more, in front, keeps zeros in their place. */
function hex8(value: number): string {
  return (value + 0x100000000).toString(16).slice(1)
}

function hex12(value: number): string {
  return (value + 0x1000000000000).toString(16).slice(1)
}

/** Of `2026-11-21`. */
const DATE_LENGTH = 10
const HEX_DIGITS: Fragment = '0123456789abcdef'
/** For `uuid`: as Apple's libraries write them. */
export const UPPER_HEX_DIGITS: Fragment = '0123456789ABCDEF'
