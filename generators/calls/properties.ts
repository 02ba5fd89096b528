import type { ByteWriter } from '../byte-writer.ts'
import { drawNamed } from '../draws.ts'
import type { UuidKind } from '../identifiers.ts'
import { type Fragment, fragmentOf } from '../utf8.ts'
import type { Visit } from '../visit/visit.ts'
import type { Members } from './call.ts'

/** Members one after the other. */
export function all(...parts: readonly Members[]): Members {
  return parts.flatMap((part, i) => (i === 0 ? part : [',', ...part]))
}

/** The same in every event. */
export function fixed(members: object): Members {
  return [membersText(members)]
}

/** One of these, drawn for the visit: what is drawn under one name agrees in all events of the visit. */
export function drawn(name: string, choices: readonly object[]): Members {
  const draw = drawNamed(name)
  const fragments = choices.map((choice) => fragmentOf(membersText(choice)))
  return [(writer, visit) => writer.put(visit.draws.oneOfVisit(draw, fragments))]
}

/** The same of one member. */
export function oneOf(key: string, values: readonly unknown[]): Members {
  return drawn(
    key,
    values.map((value) => ({ [key]: value })),
  )
}

/** A member of JSON that the visit holds ready. */
export function json(key: string, of: (visit: Visit) => Fragment): Members {
  return [`${JSON.stringify(key)}:`, (writer, visit) => writer.put(of(visit))]
}

/** A text that is written without escapes. */
export function text(key: string, write: (writer: ByteWriter, visit: Visit) => void): Members {
  return [`${JSON.stringify(key)}:"`, write, '"']
}

/** A whole number from 0. */
export function whole(key: string, of: (visit: Visit) => number): Members {
  return [`${JSON.stringify(key)}:`, (writer, visit) => writer.whole(of(visit))]
}

/** An amount of money, given in cents. */
export function cents(key: string, of: (visit: Visit) => number): Members {
  return [`${JSON.stringify(key)}:`, (writer, visit) => writer.hundredths(of(visit))]
}

/** A date, given as the day counted from 1970-01-01. */
export function day(key: string, of: (visit: Visit) => number): Members {
  return text(key, (writer, visit) => writer.day(of(visit)))
}

/** The UUID of a thing of this visit; `nth` tells several of one kind apart, below 16. */
export function uuid(key: string, kind: UuidKind, nth = 0): Members {
  return text(key, (writer, visit) => visit.visitor.writeThing(writer, kind, nth))
}

/** An object as a member. */
export function nested(key: string, ...parts: readonly Members[]): Members {
  return [`${JSON.stringify(key)}:{`, ...all(...parts), '}']
}

function membersText(members: object): string {
  return JSON.stringify(members).slice(1, -1)
}
