/** Who a run's events are about, gathered from the events themselves: what a partner has to delete when the test is over. */
export class People {
  private readonly found: Readonly<Record<Identifier, Set<string>>> = {
    userId: new Set(),
    anonymousId: new Set(),
    email: new Set(),
  }

  /** @param bytes an event as UTF-8 JSON */
  add(bytes: Uint8Array): void {
    const text = decoder.decode(bytes)
    const event = parsed(text)
    this.note('userId', event.userId)
    this.note('anonymousId', event.anonymousId)
    if (event.type === 'alias') this.note('anonymousId', event.previousId)
    for (const [, email] of text.matchAll(EMAIL)) this.note('email', email)
  }

  /** One JSON object for each identifier, such as `{"userId":"…"}`. */
  *lines(): Generator<Uint8Array, void, undefined> {
    for (const [name, values] of Object.entries(this.found)) {
      for (const value of values) yield encoder.encode(JSON.stringify({ [name]: value }))
    }
  }

  private note(name: Identifier, value: unknown): void {
    if (typeof value === 'string' && value !== '') this.found[name].add(value)
  }
}

type Identifier = 'userId' | 'anonymousId' | 'email'

interface GeneratedEvent {
  readonly type?: unknown
  readonly userId?: unknown
  readonly anonymousId?: unknown
  readonly previousId?: unknown
}

/** Wherever one stands: in traits, of somebody invited, in a text. The letter of an escape such as `\n` is no part of it. */
const EMAIL = /(?:\\[bfnrt])?([\w.+%-]+@[\w-]+(?:\.[\w-]+)+)/g
/** What cannot be read as an event, on purpose, is about nobody whom anything was stored of. */
function parsed(text: string): GeneratedEvent {
  try {
    return JSON.parse(text) as GeneratedEvent
  } catch {
    return {}
  }
}

const decoder = new TextDecoder()
const encoder = new TextEncoder()
