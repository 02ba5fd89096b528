import type { FlawName } from '../../src/model/flaws.ts'
import type { Envelope } from '../../src/model/message.ts'

/** An event on its way to be changed, as JSON.parse gives it. */
export type EventObject = Record<string, unknown>

/** Where a flaw is put. */
export interface FlawPlace {
  /** A draw of 32 bits, for a flaw that has several forms. */
  readonly draw: number
  /** In which the event is first sent. */
  readonly envelope: Envelope
  /** The message's place in its phase. */
  readonly position: number
  /** The messageId of the message before it. */
  earlierId(): string
}

/** How a flaw is put into an event. It may not hang on the envelope: a message's copies differ in `integrations` alone. */
export interface FlawChange {
  /** Whether an event can have it; absent: every event can. */
  readonly fits?: (event: Readonly<EventObject>, place: FlawPlace) => boolean
  readonly change?: (event: EventObject, place: FlawPlace) => void
  /** What becomes of its JSON. */
  readonly rewrite?: (json: string) => string
  /** The instant that the event then names, in epoch milliseconds, perhaps with a fraction; absent: the same. */
  readonly instantMs?: (instantMs: number, place: FlawPlace) => number
  /** Its messageId; absent: the same. */
  readonly messageId?: (place: FlawPlace) => string
}

/** Those of one family, by name. */
export type FlawChanges = Readonly<Partial<Record<FlawName, FlawChange>>>

export function isObject(value: unknown): value is EventObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object in which an event has what is its customer's own; null: it has none. */
export function ownMembers(event: Readonly<EventObject>): EventObject | null {
  const { properties, traits, context } = event
  return [properties, traits, context].find(isObject) ?? null
}

/** A change of what is the customer's own. */
export function inOwnMembers(change: (members: EventObject, event: EventObject, place: FlawPlace) => void): FlawChange {
  return {
    fits: (event) => ownMembers(event) !== null,
    change: (event, place) => {
      const members = ownMembers(event)
      if (members !== null) change(members, event, place)
    },
  }
}

/** The one of several that a draw falls on. */
export function chosen<Item>(items: readonly Item[], { draw }: Pick<FlawPlace, 'draw'>): Item {
  return items[draw % items.length]!
}
