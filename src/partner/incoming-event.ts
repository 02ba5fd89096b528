import { isoBytesMs } from '../model/iso-instant.ts'
import { CALLS, complaintAbout, isObject } from './event-form.ts'
import { LOCATED, scan } from './scan-event.ts'
import { asciiText, TextMemo } from './text-memo.ts'

/** An event as it came, alone or as an element of an array: JSON that says what it is, and of whom. */
export interface IncomingEvent {
  /** To the letter, in UTF-8. */
  readonly bytes: Uint8Array
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
  readonly messageId: string
  readonly type: string
  readonly userId: string | null
  readonly event: string | null
  /** The instant of `timestamp` in epoch milliseconds; NaN if there is none that can be read. */
  readonly timestampMs: number
}

/** What is asked for without the rest. */
const PARTS = ['traits', 'context', 'integrations'] as const
export type Part = (typeof PARTS)[number]

export class MalformedEvent {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const memo = new TextMemo()

/** @param body the bytes of one event */
export function parseEvent(body: Uint8Array): IncomingEvent | MalformedEvent {
  return scannedEvent(body) ?? wholeEvent(body)
}

/** One of an event's members, without parsing the whole of it where that can be. */
export function partOf(event: IncomingEvent, name: Part): unknown {
  return event instanceof ScannedEvent ? event.part(name) : event.json[name]
}

/** What a scan can tell, as JSON.parse would; undefined: it is for JSON.parse to tell. */
export function scannedEvent(body: Uint8Array): IncomingEvent | undefined {
  const event = scan.scan(body) && isNamed(MESSAGE_ID) && isNamed(TYPE) ? new ScannedEvent(body) : undefined
  return event !== undefined && isWellFormed(event) ? event : undefined
}

/** What JSON.parse tells of it. */
export function wholeEvent(body: Uint8Array): IncomingEvent | MalformedEvent {
  let text: string
  let json: unknown
  try {
    text = utf8.decode(body)
    json = JSON.parse(text)
  } catch {
    return new MalformedEvent('the body is not JSON in UTF-8')
  }
  if (!isObject(json)) return new MalformedEvent('the body is not a JSON object')
  const complaint = complaintAbout(json)
  if (complaint !== undefined) return new MalformedEvent(complaint)
  const { userId, event, timestamp } = json
  return {
    bytes: body,
    text,
    json,
    messageId: String(json.messageId),
    type: String(json.type),
    userId: typeof userId === 'string' ? userId : null,
    event: typeof event === 'string' ? event : null,
    timestampMs: typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN,
  }
}

const PLACES = Object.fromEntries(LOCATED.map((name, i) => [name, 2 * i])) as Record<(typeof LOCATED)[number], number>
const { messageId: MESSAGE_ID, type: TYPE, userId: USER_ID, event: EVENT, timestamp: TIMESTAMP } = PLACES
const { traits: TRAITS, context: CONTEXT, integrations: INTEGRATIONS } = PLACES

/** Text and JSON of it are made when somebody asks. */
class ScannedEvent implements IncomingEvent {
  readonly bytes: Uint8Array
  readonly messageId: string
  readonly type: string
  readonly userId: string | null
  readonly event: string | null
  readonly timestampMs: number
  /** Where its parts stand, from and to in turn, as `PARTS` has them. */
  readonly #parts: readonly number[]
  #json: Readonly<Record<string, unknown>> | undefined

  /** @param bytes what was scanned last */
  constructor(bytes: Uint8Array) {
    const { spans } = scan
    this.bytes = bytes
    this.messageId = asciiText(bytes, spans[MESSAGE_ID]!, spans[MESSAGE_ID + 1]!)
    this.type = memo.textOf(bytes, spans[TYPE]!, spans[TYPE + 1]!)
    this.userId = textAt(bytes, USER_ID)
    this.event = textAt(bytes, EVENT)
    this.timestampMs = instantAt(bytes, spans[TIMESTAMP]!, spans[TIMESTAMP + 1]!)
    this.#parts = [
      spans[TRAITS]!,
      spans[TRAITS + 1]!,
      spans[CONTEXT]!,
      spans[CONTEXT + 1]!,
      spans[INTEGRATIONS]!,
      spans[INTEGRATIONS + 1]!,
    ]
  }

  part(name: Part): unknown {
    const at = 2 * PARTS.indexOf(name)
    const from = this.#parts[at]!
    return from < 0 ? undefined : JSON.parse(utf8.decode(this.bytes.subarray(from, this.#parts[at + 1])))
  }

  get text(): string {
    return utf8.decode(this.bytes)
  }

  get json(): Readonly<Record<string, unknown>> {
    this.#json ??= JSON.parse(this.text) as Readonly<Record<string, unknown>>
    return this.#json
  }
}

/** Of what was scanned last: whether JSON.parse would find nothing to complain about. */
function isWellFormed({ type }: IncomingEvent): boolean {
  if (!CALLS.includes(type) || isEmpty(USER_ID) || isEmpty(PLACES.anonymousId)) return false
  if (type === 'track' && !isNamed(EVENT)) return false
  if (type === 'group' && !isNamed(PLACES.groupId)) return false
  return isNamed(USER_ID) || isNamed(PLACES.anonymousId)
}

function isNamed(place: number): boolean {
  return scan.spans[place + 1]! > scan.spans[place]!
}

function isEmpty(place: number): boolean {
  const from = scan.spans[place]!
  return from >= 0 && scan.spans[place + 1] === from
}

function textAt(bytes: Uint8Array, place: number): string | null {
  const from = scan.spans[place]!
  return from < 0 ? null : memo.textOf(bytes, from, scan.spans[place + 1]!)
}

function instantAt(bytes: Uint8Array, from: number, to: number): number {
  if (from < 0) return Number.NaN
  const instantMs = isoBytesMs(bytes, from, to)
  return Number.isNaN(instantMs) ? Date.parse(asciiText(bytes, from, to)) : instantMs
}
