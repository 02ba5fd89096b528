import type { CallType, Traffic } from '../model/message.ts'
import type { Envelope } from '../model/plan.ts'

const UTF8 = new TextDecoder()

/** One message as it was sent, made again only as far as somebody asks. */
export class SentMessage {
  readonly #traffic: Traffic
  readonly #index: number
  readonly #texts: Partial<Record<Envelope, string>> = {}
  readonly #events: Partial<Record<Envelope, Readonly<Record<string, unknown>>>> = {}
  readonly #contents: Partial<Record<Envelope, unknown>> = {}

  constructor(traffic: Traffic, index: number) {
    this.#traffic = traffic
    this.#index = index
  }

  get type(): CallType {
    return this.#traffic.typeAt(this.#index)
  }

  text(envelope: Envelope): string {
    this.#texts[envelope] ??= UTF8.decode(this.#traffic.messageAt(this.#index, envelope).bytes)
    return this.#texts[envelope]
  }

  event(envelope: Envelope): Readonly<Record<string, unknown>> {
    this.#events[envelope] ??= JSON.parse(this.text(envelope)) as Readonly<Record<string, unknown>>
    return this.#events[envelope]
  }

  /**
   * Whether the event has this text, or nothing at all, under this name, told without parsing it: a name that stands in it only once
   * stands at its top or not there. False says nothing.
   */
  plainly(name: string, value: unknown): boolean {
    const text = this.text('live')
    const key = `"${name}":`
    const at = text.indexOf(key)
    if (at < 0 || typeof value !== 'string' || text.indexOf(key, at + 1) >= 0) return false
    return text.startsWith(JSON.stringify(value), at + key.length)
  }

  /** The event without its `timestamp`, which is compared as an instant and not as content. */
  content(envelope: Envelope): unknown {
    this.#contents[envelope] ??= withoutTimestamp(this.event(envelope))
    return this.#contents[envelope]
  }
}

function withoutTimestamp(event: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'timestamp'))
}
