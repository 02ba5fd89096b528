import { STREAM_LIMITS } from '../../model/stream.ts'

const utf8 = new TextEncoder()

/** Whether an event has more than the 32 KB that are taken. @param text its JSON */
export function isTooLarge(text: string): boolean {
  const { eventBytes } = STREAM_LIMITS
  return text.length * BYTES_PER_UNIT_MAX > eventBytes && utf8.encode(text).length > eventBytes
}

/** Of UTF-8, in one unit of UTF-16. */
const BYTES_PER_UNIT_MAX = 3

/** Whether a parsed event is so small that nobody need write it out to measure it; most are. */
export function isSurelySmall(event: object): boolean {
  return roomLeft(event, STREAM_LIMITS.eventBytes, DEPTH_MAX) >= 0
}

const DEPTH_MAX = 16
/** As JSON: of a character, of a number or anything else that is short, of what stands between values. */
const [CHARACTER_BYTES_MAX, SCALAR_BYTES_MAX, AROUND_BYTES] = [6, 25, 4]

/** What is left of some bytes once a value is written; negative: perhaps nothing. */
function roomLeft(value: unknown, bytes: number, depth: number): number {
  if (bytes < 0 || depth === 0) return -1
  if (typeof value === 'string') return bytes - AROUND_BYTES - CHARACTER_BYTES_MAX * value.length
  if (typeof value !== 'object' || value === null) return bytes - SCALAR_BYTES_MAX
  let left = bytes - AROUND_BYTES
  if (Array.isArray(value)) {
    for (const item of value) left = roomLeft(item, left, depth - 1)
    return left
  }
  for (const key in value) {
    left -= AROUND_BYTES + CHARACTER_BYTES_MAX * key.length
    left = roomLeft((value as Record<string, unknown>)[key], left, depth - 1)
  }
  return left
}
