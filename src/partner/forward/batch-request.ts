import { isoText } from '../../model/iso-instant.ts'
import type { OutgoingRequest } from '../../model/world.ts'

const utf8 = new TextEncoder()

/**
 * A request to the HTTP Tracking API's /v1/batch.
 * @param authorization value of the header
 * @param attempts those before this one
 * @param sentAtMs wall clock at its dispatch, epoch milliseconds
 */
export function batchRequest(
  events: readonly Uint8Array[],
  authorization: string,
  attempts: number,
  sentAtMs: number,
): OutgoingRequest {
  const retried = attempts === 0 ? [] : ['X-Retry-Count', String(attempts)]
  const headers = ['Authorization', authorization, ...HEADERS, ...retried]
  return { method: 'POST', headers, body: bodyOf(events, utf8.encode(`],"sentAt":"${isoText(sentAtMs)}"}`)) }
}

/** How many bytes a batch of one event has that are not the event's. */
export const BATCH_BYTES_AROUND = 64

const HEADERS: readonly string[] = ['Content-Type', 'application/json', 'User-Agent', 'squall-mail/1.0.0']
const OPENING = utf8.encode('{"batch":[')
const COMMA = 0x2c

function bodyOf(events: readonly Uint8Array[], closing: Uint8Array): Uint8Array {
  const length = events.reduce((sum, event) => sum + event.length + 1, OPENING.length + closing.length - 1)
  const body = new Uint8Array(length)
  body.set(OPENING)
  let at = OPENING.length
  for (const event of events) {
    if (at > OPENING.length) body[at++] = COMMA
    body.set(event, at)
    at += event.length
  }
  body.set(closing, at)
  return body
}
