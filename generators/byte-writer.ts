import { civilDateOf, DAY_MS } from './civil-date.ts'
import { type Fragment, fragmentOf } from './utf8.ts'
import type { UuidWords } from './uuid-cipher.ts'

/**
 * Puts pieces of JSON one after the other into a slab of memory. What `end` returned is never written to again unless `rewind` is called: a
 * full slab is left to its readers, and what was begun goes on in a new one, however long it grows.
 *
 * In k6 `scenarios/k6/text/byte-writer.ts` stands in for this module: what one of them learns the other must.
 */
export class ByteWriter {
  private slab: Uint8Array<ArrayBuffer> = new Uint8Array(SLAB_BYTES)
  private start = 0
  private at = 0
  private readonly days: DayTexts = new DayTexts()

  begin(): void {
    this.start = this.at
  }

  /** Goes back to where the slab begins: what `end` returned is written over. */
  rewind(): void {
    this.at = 0
  }

  /** What was put since `begin`. */
  end(): Fragment {
    return new Uint8Array(this.slab.buffer, this.start, this.at - this.start)
  }

  put(fragment: Fragment): void {
    const length = fragment.length
    this.makeRoom(length)
    const { slab, at } = this
    if (length > LOOP_MAX) slab.set(fragment, at)
    else for (let i = 0; i < length; i++) slab[at + i] = fragment[i]!
    this.at = at + length
  }

  /** A text of ASCII characters that JSON need not escape. */
  ascii(text: string): void {
    this.makeRoom(text.length)
    const { slab, at } = this
    for (let i = 0; i < text.length; i++) slab[at + i] = text.charCodeAt(i)
    this.at = at + text.length
  }

  /** A whole number from 0 to 2^53 − 1. */
  whole(value: number): void {
    let width = 1
    for (let limit = 10; width < 16 && value >= limit; limit *= 10) width++
    this.digits(value, width)
  }

  /** Exactly `width` decimal digits. */
  digits(value: number, width: number): void {
    this.makeRoom(NUMBER_BYTES_MAX)
    let rest = value
    for (let i = this.at + width - 1; i >= this.at; i--) {
      const next = Math.floor(rest / 10)
      this.slab[i] = ZERO + (rest - next * 10)
      rest = next
    }
    this.at += width
  }

  /** Hundredths as the decimal number that they are, in JSON's shortest form: 1250 is `12.5`. */
  hundredths(value: number): void {
    const ones = Math.floor(value / 100)
    const rest = value - ones * 100
    this.whole(ones)
    if (rest === 0) return
    this.makeRoom(1)
    this.slab[this.at++] = POINT
    if (rest % 10 === 0) this.digits(rest / 10, 1)
    else this.digits(rest, 2)
  }

  /** An instant in ISO 8601, UTC, with milliseconds. */
  instant(epochMs: number): void {
    this.makeRoom(NUMBER_BYTES_MAX)
    const dayNumber = Math.floor(epochMs / DAY_MS)
    const ms = (epochMs - dayNumber * DAY_MS) | 0
    const seconds = (ms / 1000) | 0
    const minutes = (seconds / 60) | 0
    const hours = (minutes / 60) | 0
    this.day(dayNumber)
    this.two(LETTER_T, hours)
    this.two(COLON, minutes - hours * 60)
    this.two(COLON, seconds - minutes * 60)
    this.thousandths(ms - seconds * 1000)
  }

  /** The date of a day counted from 1970-01-01, as `2026-01-31`. */
  day(dayNumber: number): void {
    this.makeRoom(NUMBER_BYTES_MAX)
    const { slab, at } = this
    const text = this.days.of(dayNumber)
    for (let i = 0; i < 10; i++) slab[at + i] = text[i]!
    this.at = at + 10
  }

  /** `width` digits of the number system whose digits are given. */
  code(value: number, digits: Fragment, width: number): void {
    this.makeRoom(NUMBER_BYTES_MAX)
    const base = digits.length
    let rest = value
    for (let i = this.at + width - 1; i >= this.at; i--) {
      const next = Math.floor(rest / base)
      this.slab[i] = digits[rest - next * base]!
      rest = next
    }
    this.at += width
  }

  uuid({ w0, w1, w2, w3 }: UuidWords, hexDigits: Fragment = HEX_DIGITS): void {
    this.makeRoom(NUMBER_BYTES_MAX)
    const { slab, at } = this
    hex(slab, at, w0 >>> 16, hexDigits)
    hex(slab, at + 4, w0 & 0xffff, hexDigits)
    slab[at + 8] = HYPHEN
    hex(slab, at + 9, w1 >>> 16, hexDigits)
    slab[at + 13] = HYPHEN
    hex(slab, at + 14, w1 & 0xffff, hexDigits)
    slab[at + 18] = HYPHEN
    hex(slab, at + 19, w2 >>> 16, hexDigits)
    slab[at + 23] = HYPHEN
    hex(slab, at + 24, w2 & 0xffff, hexDigits)
    hex(slab, at + 28, w3 >>> 16, hexDigits)
    hex(slab, at + 32, w3 & 0xffff, hexDigits)
    this.at = at + 36
  }

  private makeRoom(bytes: number): void {
    if (this.at + bytes > this.slab.length) this.move(bytes)
  }

  private move(bytes: number): void {
    const begun = this.slab.subarray(this.start, this.at)
    this.slab = new Uint8Array(Math.max(SLAB_BYTES, 2 * (begun.length + bytes)))
    this.slab.set(begun)
    this.start = 0
    this.at = begun.length
  }

  private two(before: number, value: number): void {
    const { slab, at } = this
    const tens = (value / 10) | 0
    slab[at] = before
    slab[at + 1] = ZERO + tens
    slab[at + 2] = ZERO + value - tens * 10
    this.at = at + 3
  }

  private thousandths(value: number): void {
    const { slab, at } = this
    const tens = (value / 10) | 0
    const hundreds = (value / 100) | 0
    slab[at] = POINT
    slab[at + 1] = ZERO + hundreds
    slab[at + 2] = ZERO + tens - hundreds * 10
    slab[at + 3] = ZERO + value - tens * 10
    slab[at + 4] = LETTER_Z
    this.at = at + 5
  }
}

/** 16 bits. */
function hex(slab: Uint8Array, at: number, bits: number, hexDigits: Fragment): void {
  slab[at] = hexDigits[bits >>> 12]!
  slab[at + 1] = hexDigits[(bits >>> 8) & 15]!
  slab[at + 2] = hexDigits[(bits >>> 4) & 15]!
  slab[at + 3] = hexDigits[bits & 15]!
}

/** Dates as text. Events near each other are of few days: devices' clocks are a day off at most. */
class DayTexts {
  private readonly dayNumbers: Float64Array = new Float64Array(DAYS_KEPT).fill(Number.NaN)
  private readonly texts: Fragment[] = []

  of(dayNumber: number): Fragment {
    const slot = dayNumber & (DAYS_KEPT - 1)
    if (this.dayNumbers[slot] !== dayNumber) {
      this.dayNumbers[slot] = dayNumber
      const date = String(civilDateOf(dayNumber)).padStart(8, '0')
      this.texts[slot] = fragmentOf(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`)
    }
    return this.texts[slot]!
  }
}

const DAYS_KEPT = 16

/** A slab lives as long as the last of its readers, so large ones would keep much that is forgotten. */
const SLAB_BYTES = 1 << 17
/** The longest, in whatever form, is a UUID. */
const NUMBER_BYTES_MAX = 64
/** Below this a loop beats the call. */
const LOOP_MAX = 8

const ZERO = 48
const POINT = 46
const COLON = 58
const HYPHEN = 45
const LETTER_T = 84
const LETTER_Z = 90
const HEX_DIGITS: Fragment = fragmentOf('0123456789abcdef')
/** For `uuid`: as Apple's libraries write them. */
export const UPPER_HEX_DIGITS: Fragment = fragmentOf('0123456789ABCDEF')
