import type { CallType, Envelope, Message, Traffic } from '../model/message.ts'
import { MemberKey } from './member-key.ts'
import { sameBytes } from './same-bytes.ts'
import { utf8Text } from './utf8-text.ts'

/** One message as it was sent, made again only as far as somebody asks. */
export class SentMessage {
  readonly #traffic: Traffic
  readonly #index: number
  #live: SentCopy | undefined
  #replay: SentCopy | undefined

  constructor(traffic: Traffic, index: number) {
    this.#traffic = traffic
    this.#index = index
  }

  get type(): CallType {
    return this.#copy('live').message.type
  }

  text(envelope: Envelope): string {
    return this.#copy(envelope).text
  }

  /** Whether this is its JSON to the letter, as text or in UTF-8. */
  equals(envelope: Envelope, body: unknown): boolean {
    if (body instanceof Uint8Array) return sameBytes(this.#copy(envelope).message.bytes, body)
    return body === this.text(envelope)
  }

  event(envelope: Envelope): Readonly<Record<string, unknown>> {
    return this.#copy(envelope).event
  }

  /**
   * Whether the event has this text, or nothing at all, under this name, told without parsing it: it has the same wherever the name stands in
   * it, so at its top too. False says nothing.
   */
  plainly(name: 'userId' | 'event', value: unknown): boolean {
    if (typeof value !== 'string') return false
    const { bytes } = this.#copy('live').message
    const json = JSON.stringify(value)
    const first = KEYS[name].valueAt(bytes, 0)
    for (let at = first; at >= 0; at = KEYS[name].valueAt(bytes, at)) if (!isAsciiAt(json, bytes, at)) return false
    return first >= 0
  }

  /** The event without its `timestamp`, which is compared as an instant and not as content. */
  content(envelope: Envelope): unknown {
    return this.#copy(envelope).content
  }

  #copy(envelope: Envelope): SentCopy {
    if (envelope === 'replay') {
      this.#replay ??= this.#made(envelope)
      return this.#replay
    }
    this.#live ??= this.#made(envelope)
    return this.#live
  }

  #made(envelope: Envelope): SentCopy {
    return new SentCopy(this.#traffic.messageAt(this.#index, envelope))
  }
}

/** A message in one envelope. */
class SentCopy {
  readonly message: Message
  #text: string | undefined
  #event: Readonly<Record<string, unknown>> | undefined
  #content: unknown

  constructor(message: Message) {
    this.message = message
  }

  get text(): string {
    this.#text ??= utf8Text(this.message.bytes)
    return this.#text
  }

  get event(): Readonly<Record<string, unknown>> {
    this.#event ??= JSON.parse(this.text) as Readonly<Record<string, unknown>>
    return this.#event
  }

  get content(): unknown {
    this.#content ??= withoutTimestamp(this.event)
    return this.#content
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
