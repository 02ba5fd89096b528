import { arrayElements } from './array-elements.ts'
import { type IncomingEvent, MalformedEvent, parseEvent } from './incoming-event.ts'

/** The events of a request's body: one, or the elements of an array, all of them or none. */
export function parseEvents(body: Uint8Array): readonly IncomingEvent[] | MalformedEvent {
  const elements = arrayElements(body)
  if (elements === undefined) {
    const event = parseEvent(body)
    return event instanceof MalformedEvent ? event : [event]
  }
  if (elements.length === 0) return new MalformedEvent('the array is empty')
  const events: IncomingEvent[] = []
  for (const element of elements) {
    const event = parseEvent(element)
    if (event instanceof MalformedEvent) return malformedAt(events.length, elements.length, event)
    events.push(event)
  }
  return events
}

function malformedAt(i: number, count: number, { reason }: MalformedEvent): MalformedEvent {
  return new MalformedEvent(`event ${i + 1} of ${count}, and so none of them is stored: ${reason}`)
}
