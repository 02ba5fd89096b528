/** The form of ISO 8601 that JavaScript itself writes, `2026-01-31T09:05:00.250Z`, read and written without `Date`: an audit does it a million times. */

const LENGTH = 24
const DAY_MS = 86_400_000
/** The year 10 000: from there on the form is another. */
const END_MS = 253_402_300_800_000
const [ZERO, NINE, HYPHEN, POINT, COLON, LETTER_T, LETTER_Z] = [0x30, 0x39, 0x2d, 0x2e, 0x3a, 0x54, 0x5a]
const codes = new Uint8Array(LENGTH)

/** The instant in epoch milliseconds. NaN: the text has another form, or a date that may not exist; that says nothing about it. */
export function isoTextMs(text: string): number {
  if (text.length !== LENGTH) return Number.NaN
  for (let i = 0; i < LENGTH; i++) {
    const code = text.charCodeAt(i)
    if (code > LETTER_Z) return Number.NaN
    codes[i] = code
  }
  return isoBytesMs(codes, 0, LENGTH)
}

/** The same of ASCII bytes. */
export function isoBytesMs(bytes: Uint8Array, from: number, to: number): number {
  if (to - from !== LENGTH || !hasForm(bytes, from)) return Number.NaN
  const year = two(bytes, from) * 100 + two(bytes, from + 2)
  const month = two(bytes, from + 5)
  const day = two(bytes, from + 8)
  const hour = two(bytes, from + 11)
  const minute = two(bytes, from + 14)
  const second = two(bytes, from + 17)
  const ms = two(bytes, from + 20) * 10 + bytes[from + 22]! - ZERO
  const isSure = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28
  if (!isSure && !exists(year, month, day)) return Number.NaN
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN
  return Date.UTC(year, month - 1, day, hour, minute, second, ms)
}

/** An instant from 1970 to 9999 in that form, cut off to whole milliseconds. Others as `Date` writes them. */
export function isoText(epochMs: number): string {
  if (!(epochMs >= 0 && epochMs < END_MS)) return new Date(epochMs).toISOString()
  const wholeMs = Math.floor(epochMs)
  const day = Math.floor(wholeMs / DAY_MS)
  const ms = wholeMs - day * DAY_MS
  if (day !== lastDay) {
    lastDay = day
    lastDayText = new Date(day * DAY_MS).toISOString().slice(0, 11)
  }
  const second = Math.floor(ms / 1000)
  const minute = Math.floor(second / 60)
  const hour = Math.floor(minute / 60)
  const clock = `${PADDED[hour]}:${PADDED[minute - hour * 60]}:${PADDED[second - minute * 60]}`
  const thousandths = ms - second * 1000
  const hundredths = Math.floor(thousandths / 10)
  return `${lastDayText}${clock}.${PADDED[hundredths]}${thousandths - hundredths * 10}Z`
}

const PADDED: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))
let lastDay = -1
let lastDayText = ''

function exists(year: number, month: number, day: number): boolean {
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > 31) return false
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}

function hasForm(bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < LENGTH; i++) {
    const byte = bytes[from + i]!
    const isRight = FORM[i] === ZERO ? byte >= ZERO && byte <= NINE : byte === FORM[i]
    if (!isRight) return false
  }
  return true
}

const FORM: readonly number[] = [
  ...[ZERO, ZERO, ZERO, ZERO, HYPHEN, ZERO, ZERO, HYPHEN, ZERO, ZERO, LETTER_T],
  ...[ZERO, ZERO, COLON, ZERO, ZERO, COLON, ZERO, ZERO, POINT, ZERO, ZERO, ZERO, LETTER_Z],
]

function two(bytes: Uint8Array, at: number): number {
  return (bytes[at]! - ZERO) * 10 + bytes[at + 1]! - ZERO
}
