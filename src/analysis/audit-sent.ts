import type { CallType, Message, Traffic } from '../model/message.ts'
import type { Envelope } from '../model/plan.ts'
import { MemberKey } from './member-key.ts'
import { sameBytes } from './same-bytes.ts'
import { utf8Text } from './utf8-text.ts'

/** One message as it was sent, made again only as far as somebody asks. */
export class SentMessage {
  readonly #traffic: Traffic
  readonly #index: number
  readonly #messages: Partial<Record<Envelope, Message>> = {}
  readonly #texts: Partial<Record<Envelope, string>> = {}
  readonly #events: Partial<Record<Envelope, Readonly<Record<string, unknown>>>> = {}
  readonly #contents: Partial<Record<Envelope, unknown>> = {}

  constructor(traffic: Traffic, index: number) {
    this.#traffic = traffic
    this.#index = index
  }

  get type(): CallType {
    return this.#message('live').type
  }

  text(envelope: Envelope): string {
    this.#texts[envelope] ??= utf8Text(this.#message(envelope).bytes)
    return this.#texts[envelope]
  }

  /** Whether this is its JSON to the letter, as text or in UTF-8. */
  equals(envelope: Envelope, body: unknown): boolean {
    if (body instanceof Uint8Array) return sameBytes(this.#message(envelope).bytes, body)
    return body === this.text(envelope)
  }

  event(envelope: Envelope): Readonly<Record<string, unknown>> {
    this.#events[envelope] ??= JSON.parse(this.text(envelope)) as Readonly<Record<string, unknown>>
    return this.#events[envelope]
  }

  /**
   * Whether the event has this text, or nothing at all, under this name, told without parsing it: it has the same wherever the name stands in
   * it, so at its top too. False says nothing.
   */
  plainly(name: 'userId' | 'event', value: unknown): boolean {
    if (typeof value !== 'string') return false
    const { bytes } = this.#message('live')
    const json = JSON.stringify(value)
    const first = KEYS[name].valueAt(bytes, 0)
    for (let at = first; at >= 0; at = KEYS[name].valueAt(bytes, at)) if (!isAsciiAt(json, bytes, at)) return false
    return first >= 0
  }

  #message(envelope: Envelope): Message {
    this.#messages[envelope] ??= this.#traffic.messageAt(this.#index, envelope)
    return this.#messages[envelope]
  }

  /** The event without its `timestamp`, which is compared as an instant and not as content. */
  content(envelope: Envelope): unknown {
    this.#contents[envelope] ??= withoutTimestamp(this.event(envelope))
    return this.#contents[envelope]
  }
}

const KEYS = { userId: new MemberKey('userId'), event: new MemberKey('event') }

/** Whether the text stands there, and is ASCII. */
function isAsciiAt(text: string, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code !== bytes[at + i] || code >= 0x80) return false
  }
  return true
}

function withoutTimestamp(event: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'timestamp'))
}
