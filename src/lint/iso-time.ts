import { isoTextMs } from '../model/iso-instant.ts'

const DATE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d{1,9})?)?(Z|z|[+-]\d\d(?::?\d\d)?)?)?$/
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A date, or a date and time, in ISO 8601, and one that the calendar has. */
export function isIsoDate(value: unknown): boolean {
  if (typeof value !== 'string') return false
  if (!Number.isNaN(isoTextMs(value))) return true
  const found = DATE.exec(value)
  return found !== null && inCalendar(Number(found[1]), Number(found[2]), Number(found[3]))
}

/** A moment in ISO 8601, not only a day. */
export function isIsoTime(value: unknown): value is string {
  return typeof value === 'string' && value.length > 10 && isIsoDate(value)
}

/** Whether a moment says how far it is from UTC. */
export function hasZone(time: string): boolean {
  return time.endsWith('Z') || /(?:z|[+-]\d\d(?::?\d\d)?)$/.test(time.slice(10))
}

function inCalendar(year: number, month: number, day: number): boolean {
  if (day < 1 || day > (DAYS[month - 1] ?? 0)) return false
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}
