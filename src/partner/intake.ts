import { type Answer, OK, problem } from './answer.ts'
import type { Behaviour } from './faults/behaviour.ts'
import type { Handling } from './faults/fault.ts'
import { isReplay } from './faults/is-replay.ts'
import { type IncomingEvent, MalformedEvent } from './incoming-event.ts'
import type { Keyring } from './keyring.ts'
import { callsForMail, type Outbox } from './outbox.ts'
import { parseEvents } from './parse-events.ts'
import type { PartnerRequest } from './partner-request.ts'
import { Sightings } from './sightings.ts'
import { isSigned, type Sign } from './signature.ts'
import type { NewRecord } from './store.ts'
import { type Sighting, Visit } from './visit.ts'

/** What a request must pass before anybody looks at what it brings. */
export interface Doors {
  /** Undefined: signatures are not looked at. */
  readonly sign: Sign | undefined
  /** Undefined: everybody may send. */
  readonly keyring: Keyring | undefined
}

const METHODS: readonly string[] = ['POST', 'PUT', 'PATCH']

/**
 * Takes what Segment delivers, in whichever shape: one JSON event a request or an array of them, all stored before it is answered, each
 * absorbed if it is known. One malformed event of an array refuses them all.
 */
export class Intake {
  readonly #behaviour: Behaviour
  readonly #seed: number
  readonly #doors: Doors
  readonly #outbox: Outbox | undefined
  readonly #sightings = new Sightings()
  #firstAtMs = Number.NaN

  constructor(behaviour: Behaviour, seed: number, doors: Doors, outbox: Outbox | undefined) {
    this.#behaviour = behaviour
    this.#seed = seed
    this.#doors = doors
    this.#outbox = outbox
  }

  receive(arrived: PartnerRequest): Answer {
    if (Number.isNaN(this.#firstAtMs)) this.#firstAtMs = arrived.receivedAtMs
    const request = this.#admitted(arrived)
    if (request === undefined) return NO_CUSTOMER
    if (!METHODS.includes(request.method)) return METHOD_NOT_ALLOWED
    if (!this.#isSigned(request)) return NOT_SIGNED
    const visits = this.#visits(request)
    const lead = visits[0]!
    for (const visit of visits) {
      const early = this.#behaviour.before(visit)
      if (early !== undefined) return this.#behaviour.answer(early, lead, 'refused')
    }
    const { event } = lead
    if (event instanceof MalformedEvent) return this.#behaviour.answer(problem(400, event.reason), lead, 'refused')
    return this.#behaviour.answer(OK, lead, this.#take(visits))
  }

  /** The request as its customer's; undefined: its key is no good. */
  #admitted(request: PartnerRequest): PartnerRequest | undefined {
    const { keyring } = this.#doors
    if (keyring === undefined) return request
    const standing = keyring.standingOf(request.account, request.receivedAtMs - this.#firstAtMs)
    if (!this.#behaviour.admits(request, standing)) return undefined
    return { ...request, account: keyring.customerOf(request.account) }
  }

  #isSigned({ body, signature = '' }: PartnerRequest): boolean {
    const { sign } = this.#doors
    return sign === undefined || this.#behaviour.trusts({ body, signature, sign }, isSigned(body, signature, sign))
  }

  /** One for each event; of a body that holds none, one all the same. */
  #visits(request: PartnerRequest): Visit[] {
    const parsed = parseEvents(request.body)
    const events = parsed instanceof MalformedEvent ? [parsed] : parsed
    const atMs = request.receivedAtMs - this.#firstAtMs
    const visits: Visit[] = []
    for (const event of events) {
      const batch = { lead: visits[0], place: visits.length, size: events.length }
      visits.push(new Visit(request, event, this.#sighting(request, event), atMs, this.#seed, batch))
    }
    return visits
  }

  /** The sound receiver asks nobody how often it has seen a message, so it need not remember. */
  #sighting({ account, receivedAtMs }: PartnerRequest, event: IncomingEvent | MalformedEvent): Sighting {
    if (this.#behaviour.sound) return { seen: 0, firstAtMs: receivedAtMs }
    return this.#sightings.meet(event instanceof MalformedEvent ? '' : `${account} ${event.messageId}`, receivedAtMs)
  }

  #take(visits: readonly Visit[]): Handling {
    let handling: Handling = 'new'
    for (const visit of visits) if (!this.#store(visit)) handling = 'repeated'
    return handling
  }

  /** @returns whether all of it was new */
  #store(visit: Visit): boolean {
    const event = visit.event as IncomingEvent
    let isNew = true
    for (const record of this.#behaviour.records(recordOf(event, visit.request), event, visit)) {
      if (!this.#behaviour.add(record, visit)) isNew = false
    }
    if (this.#outbox !== undefined && callsForMail(event)) this.#mail(this.#outbox, visit, event, isNew)
    return isNew
  }

  /** Once for each event, and never for what comes in a replay. */
  #mail(outbox: Outbox, { request }: Visit, event: IncomingEvent, isNew: boolean): void {
    if (this.#behaviour.sendsOut(event, isNew && !isReplay(event))) outbox.send(request, event)
  }
}

const METHOD_NOT_ALLOWED = problem(405, 'events come by POST, PUT or PATCH', ['allow', METHODS.join(', ')])
const NO_CUSTOMER = problem(401, 'no customer has this key; send one by Basic authorization, as the name of the user', [
  'www-authenticate',
  'Basic realm="partner"',
])
const NOT_SIGNED = problem(401, 'X-Signature is not that of the body, or of an array’s first event')

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
    body: event.bytes,
  }
}
