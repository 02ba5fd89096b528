import { isoTextMs } from '../model/iso-instant.ts'

const ISO =
  /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(?:(Z|UTC)|([+-])(\d{2})(?::?(\d{2}))?)?\s*$/i
const NUMBER = /^\s*-?\d+(?:\.\d+)?\s*$/

/**
 * The instant that a stored event time names, in epoch milliseconds: ISO 8601 text (without a zone it is UTC; a date alone is its
 * midnight), or a number or text of digits in s, ms, µs or ns, told apart by magnitude. NaN for anything else.
 */
export function instantMs(value: unknown): number {
  if (typeof value === 'number') return fromNumber(value)
  if (typeof value !== 'string') return Number.NaN
  const usualMs = isoTextMs(value)
  if (!Number.isNaN(usualMs)) return usualMs
  return NUMBER.test(value) ? fromNumber(Number(value)) : fromIso(value)
}

/** Seconds stay below 1e11 until the year 5138, and each smaller unit has three digits more. */
function fromNumber(value: number): number {
  const size = Math.abs(value)
  if (size < 1e11) return value * 1000
  if (size < 1e14) return value
  return size < 1e17 ? value / 1000 : value / 1e6
}

function fromIso(text: string): number {
  const parts = ISO.exec(text)
  if (parts === null) return Number.NaN
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', , sign, offsetHours, offsetMinutes = 0] =
    parts
  const wallMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  const offsetMs = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes)) * 60_000
  return wallMs + (fraction === '' ? 0 : Number(`0.${fraction}`) * 1000) - (sign === '-' ? -offsetMs : offsetMs)
}
