import { numberWritten } from './event-json.ts'
import { chosen, type EventObject, type FlawChange, type FlawChanges, inOwnMembers } from './flaw-change.ts'

/** Segment takes events of 32 KB. What may stand in `integrations`, which a replay rewrites, is not part of it. */
const LARGE_BYTES = 32 * 1024 - 256
/** Each a little beyond what somebody's limit may be. */
const OVERSIZED_BYTES: readonly number[] = [33, 40, 48, 64].map((kilobytes) => kilobytes * 1024)
const DEPTH = 64
/** The event itself, and the object that it is put into. */
const LEVELS_ABOVE = 2

/** Values that stores and languages get wrong. */
export const VALUES: FlawChanges = {
  'beyond-bmp': adding({
    note: '𝒳 👩‍👩‍👧 🇪🇺 𠮷野家 e\u0301',
    'größe 📏': 'na\u00efve \u202edlo\u202c \ufeff',
  }),
  'line-separators': adding({ note: 'one\u2028two\u2029three\u0085four\u007f \u001f "five"\\\t\r\n' }),
  'number-forms': adding({
    amount: numberWritten('1.0'),
    weight: numberWritten('1e21'),
    drift: numberWritten('1E-7'),
    ratio: numberWritten('-0.10'),
  }),
  'big-integers': adding({
    ticket: numberWritten('9007199254740993'),
    serial: numberWritten('12345678901234567890'),
  }),
  'number-like-texts': adding({ voucher: '007', batch: '1e5', hex: '0x1F', grade: '1.0', missing: 'NaN', none: '' }),
  'deep-nesting': inOwnMembers((members) => {
    members.details = nested(DEPTH - LEVELS_ABOVE)
  }),
  'large-events': inOwnMembers((members, event) => fill(members, event, LARGE_BYTES)),
  oversized: inOwnMembers((members, event, place) => fill(members, event, chosen(OVERSIZED_BYTES, place))),
}

const PROSE = 'Asked for a call back on Thursday; the parcel had not come. '

function adding(own: EventObject): FlawChange {
  return inOwnMembers((members) => Object.assign(members, own))
}

/** Adds prose until the event, its integrations left out, has so many bytes. */
function fill(members: EventObject, event: EventObject, bytes: number): void {
  const { integrations, ...rest } = event
  const room = bytes - utf8Length(JSON.stringify(rest)) - '"transcript":"",'.length
  members.transcript = PROSE.repeat(Math.ceil(room / PROSE.length)).slice(0, room)
}

/** So many containers in each other, objects and arrays by turns. */
function nested(levels: number): unknown {
  let value: unknown = 'the innermost'
  for (let level = levels; level > 0; level--) value = level % 2 === 0 ? [value] : { level, inner: value }
  return value
}

/** Of a text without lone surrogates: a pair is four bytes, two for each half. */
function utf8Length(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) bytes += 1
    else bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3
  }
  return bytes
}
