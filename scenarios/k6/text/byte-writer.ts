import { civilDateOf } from '../../../generators/civil-date.ts'
import type { UuidWords } from '../../../generators/uuid-cipher.ts'
import type { Fragment } from './utf8.ts'

/** The twin of `generators/byte-writer.ts`: keeps pieces of JSON in a list, and joins them when all are there. */
export class ByteWriter {
  private pieces: string[] = []
  private dayNumber = -1
  private dayText = ''

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
    if (dayNumber !== this.dayNumber) this.makeDay(dayNumber)
    this.pieces.push(this.dayText)
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
    const b = hex(w1)
    const c = hex(w2)
    const text = `${hex(w0)}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${hex(w3)}`
    this.pieces.push(hexDigits === HEX_DIGITS ? text : text.toUpperCase())
  }

  private makeDay(dayNumber: number): void {
    const date = String(civilDateOf(dayNumber)).padStart(8, '0')
    this.dayText = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
    this.dayNumber = dayNumber
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

/** The eight hex digits of a word; the ninth, in front, keeps zeros in their place. */
function hex(word: number): string {
  return ((word >>> 0) + 0x100000000).toString(16).slice(1)
}

const HEX_DIGITS: Fragment = '0123456789abcdef'
/** For `uuid`: as Apple's libraries write them. */
export const UPPER_HEX_DIGITS: Fragment = '0123456789ABCDEF'
