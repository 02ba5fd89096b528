import { isObject } from '../event-form.ts'
import type { IncomingEvent } from '../incoming-event.ts'
import type { NewRecord } from '../store.ts'
import { type EventTimes, eventTimes } from './event-times.ts'
import { type IngestCode, ingestCodeOf } from './ingest-code.ts'
import type { Fields, Posted } from './posted.ts'

/** The request that an event came with, as far as it matters to the event. */
export type Carrier = Pick<Posted, 'call' | 'sentAt' | 'context' | 'integrations'> & { readonly receivedAtMs: number }

/** An event that was posted to the HTTP Tracking API, alone or in a batch. */
export class PostedEvent implements IncomingEvent {
  /** What its request says of all its events is in it, its write key is not. */
  readonly json: Fields
  readonly type: string
  /** Empty: it has none. */
  readonly messageId: string
  readonly userId: string | null
  readonly event: string | null
  /** Why it cannot be stored, whoever sent it; undefined: it can. */
  readonly code: IngestCode | undefined
  readonly #carrier: Carrier
  #times: EventTimes | undefined

  constructor(element: unknown, carrier: Carrier) {
    const fields = isObject(element) ? element : NOTHING
    const type = carrier.call ?? fields.type
    const { messageId, userId, event } = fields
    this.json = merged(fields, carrier)
    this.type = textOr(type, '')
    this.messageId = textOr(messageId, '')
    this.userId = textOr(userId, null)
    this.event = textOr(event, null)
    this.code = fields === NOTHING ? 'bad_request' : ingestCodeOf(this.json, type)
    this.#carrier = carrier
  }

  /** When it happened, by the receiver's clock. */
  get timestampMs(): number {
    return this.#stamped.timestampMs
  }

  /** As it came, but for space and its write key; empty if it goes too deep to be written. */
  get text(): string {
    return jsonText(this.json) ?? ''
  }

  get bytes(): Uint8Array {
    return utf8.encode(this.text)
  }

  /** What is kept of it; undefined: it goes too deep to be written. @param messageId its own, or the one that it is given here */
  record(source: string, messageId: string): NewRecord | undefined {
    const { receivedAt, sentAt, originalTimestamp, timestamp, timestampMs } = this.#stamped
    const { type, userId, event } = this
    const body = jsonText({ ...this.json, type, messageId, receivedAt, sentAt, originalTimestamp, timestamp })
    if (body === undefined) return undefined
    return {
      account: source,
      dedupeKey: messageId,
      messageId,
      type,
      userId,
      event,
      eventTimeMs: timestampMs,
      receivedAtMs: this.#carrier.receivedAtMs,
      body,
    }
  }

  get #stamped(): EventTimes {
    const { timestamp, originalTimestamp, sentAt } = this.json
    const carrier = this.#carrier
    this.#times ??= eventTimes(timestamp ?? originalTimestamp, carrier.sentAt ?? sentAt, carrier.receivedAtMs)
    return this.#times
  }
}

const utf8 = new TextEncoder()
const NOTHING: Fields = {}

function merged(fields: Fields, { context, integrations }: Carrier): Fields {
  if (fields.writeKey === undefined && context === undefined && integrations === undefined) return fields
  return {
    ...fields,
    ...together('context', context, fields.context),
    ...together('integrations', integrations, fields.integrations),
    writeKey: undefined,
  }
}

/** What the event itself says wins over what is said of all. */
function together(name: string, ofAll: Fields | undefined, own: unknown): Fields {
  if (ofAll === undefined) return NOTHING
  return { [name]: isObject(own) ? { ...ofAll, ...own } : (own ?? ofAll) }
}

/** Undefined: it is nested deeper than the stack is. */
function jsonText(value: object): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

function textOr<Else>(value: unknown, otherwise: Else): string | Else {
  return typeof value === 'string' ? value : otherwise
}
