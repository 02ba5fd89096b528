/** An event as it came, alone or as an element of an array: JSON with a messageId and a type. */
export interface IncomingEvent {
  /** To the letter. */
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
  readonly messageId: string
  readonly type: string
  readonly userId: string | null
  readonly event: string | null
  /** The instant of `timestamp` in epoch milliseconds; NaN if there is none that can be read. */
  readonly timestampMs: number
}

export class MalformedEvent {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @param body the bytes of one event */
export function parseEvent(body: Uint8Array): IncomingEvent | MalformedEvent {
  let text: string
  let json: unknown
  try {
    text = utf8.decode(body)
    json = JSON.parse(text)
  } catch {
    return new MalformedEvent('the body is not JSON in UTF-8')
  }
  if (!isObject(json)) return new MalformedEvent('the body is not a JSON object')
  const { messageId, type } = json
  if (typeof messageId !== 'string' || messageId === '') return new MalformedEvent('messageId is missing')
  if (typeof type !== 'string' || type === '') return new MalformedEvent('type is missing')
  const { userId, event, timestamp } = json
  return {
    text,
    json,
    messageId,
    type,
    userId: typeof userId === 'string' ? userId : null,
    event: typeof event === 'string' ? event : null,
    timestampMs: typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN,
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
