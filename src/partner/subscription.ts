import { type Answer, OK, problem } from './answer.ts'
import type { Behaviour } from './faults/behaviour.ts'
import type { Handling } from './faults/fault.ts'
import { type IncomingEvent, MalformedEvent, parseEvent } from './incoming-event.ts'
import type { PartnerRequest } from './partner-request.ts'
import { Sightings } from './sightings.ts'
import type { NewRecord } from './store.ts'
import { type Sighting, Visit } from './visit.ts'

/** The receiver of the subscription shape: one JSON event a request, stored before it is answered, absorbed if it is known. */
export class Subscription {
  readonly #behaviour: Behaviour
  readonly #seed: number
  readonly #sightings = new Sightings()
  #firstAtMs = Number.NaN

  constructor(behaviour: Behaviour, seed: number) {
    this.#behaviour = behaviour
    this.#seed = seed
  }

  receive(request: PartnerRequest): Answer {
    if (request.method !== 'POST') return problem(405, 'events come by POST', ['allow', 'POST'])
    const visit = this.#visit(request)
    const early = this.#behaviour.before(visit)
    if (early !== undefined) return this.#behaviour.answer(early, visit, 'refused')
    const { event } = visit
    if (event instanceof MalformedEvent) return this.#behaviour.answer(problem(400, event.reason), visit, 'refused')
    return this.#behaviour.answer(OK, visit, this.#take(event, visit))
  }

  #visit(request: PartnerRequest): Visit {
    const event = parseEvent(request.body)
    if (Number.isNaN(this.#firstAtMs)) this.#firstAtMs = request.receivedAtMs
    return new Visit(request, event, this.#sighting(request, event), request.receivedAtMs - this.#firstAtMs, this.#seed)
  }

  /** The sound receiver asks nobody how often it has seen a message, so it need not remember. */
  #sighting({ account, receivedAtMs }: PartnerRequest, event: IncomingEvent | MalformedEvent): Sighting {
    if (this.#behaviour.sound) return { seen: 0, firstAtMs: receivedAtMs }
    return this.#sightings.meet(event instanceof MalformedEvent ? '' : `${account} ${event.messageId}`, receivedAtMs)
  }

  #take(event: IncomingEvent, visit: Visit): Handling {
    let handling: Handling = 'new'
    for (const record of this.#behaviour.records(recordOf(event, visit.request), event, visit)) {
      if (!this.#behaviour.add(record, visit)) handling = 'repeated'
    }
    return handling
  }
}

/** An event that does not say when it happened is dated by its arrival. */
function recordOf(event: IncomingEvent, { account, receivedAtMs }: PartnerRequest): NewRecord {
  return {
    account,
    dedupeKey: event.messageId,
    messageId: event.messageId,
    type: event.type,
    userId: event.userId,
    event: event.event,
    eventTimeMs: Number.isNaN(event.timestampMs) ? receivedAtMs : event.timestampMs,
    receivedAtMs,
    body: event.text,
  }
}
