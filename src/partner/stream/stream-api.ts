import type { Receipt } from '../../model/receipt.ts'
import { type Answer, problem } from '../answer.ts'
import { Behaviour } from '../faults/behaviour.ts'
import type { Fault, FaultSite } from '../faults/fault.ts'
import { held } from '../faults/trouble.ts'
import { MalformedEvent } from '../incoming-event.ts'
import { Sightings } from '../sightings.ts'
import { Visit } from '../visit.ts'
import { callOfPath } from './api-path.ts'
import { type Posted, readPosted, UnreadableBody } from './posted.ts'
import { PostedEvent } from './posted-event.ts'
import type { RateGate } from './rate-gate.ts'
import type { Sources } from './sources.ts'
import { NO_SUCH_PATH, NO_WRITE_KEY, NOT_POSTED, SUCCESS, tooManyRequests } from './stream-answers.ts'
import type { StreamCounts } from './stream-counts.ts'
import { StreamIngest, type Watch } from './stream-ingest.ts'
import { streamDiscards, streamReceipts } from './stream-receipts.ts'
import type { StreamRequest } from './stream-request.ts'
import type { StreamStore } from './stream-store.ts'

export interface StreamApiOptions {
  readonly store: StreamStore
  readonly sources: Sources
  /** What happens to requests above a rate. Undefined: there is none. */
  readonly rate?: { readonly gate: RateGate; readonly over: OverRate } | undefined
  readonly faults: readonly Fault[]
  /** Where the faults' chance begins. */
  readonly seed: number
  /** Runs a task so many milliseconds later, unless this receiver is dead by then. */
  later: FaultSite['later']
  /** Told of each event that an accepted request brought. */
  readonly watch?: Watch | undefined
}

/** Whoever sends too fast is made to wait, or turned away. */
export type OverRate = 'delay' | '429'

/**
 * Segment's HTTP Tracking API: says 200 to nearly everything, and tells nobody what becomes of it. An answer may be given only once `store.commit()`
 * has returned.
 */
export class StreamApi {
  readonly #store: StreamStore
  readonly #sources: Sources
  readonly #rate: StreamApiOptions['rate']
  readonly #behaviour: Behaviour
  readonly #seed: number
  readonly #ingest: StreamIngest
  readonly #sightings = new Sightings()
  #firstAtMs = Number.NaN

  constructor({ store, sources, rate, faults, seed, later, watch }: StreamApiOptions) {
    this.#store = store
    this.#sources = sources
    this.#rate = rate
    this.#behaviour = new Behaviour(faults, later, (record) => store.add(record))
    this.#seed = seed
    this.#ingest = new StreamIngest(store, this.#behaviour, watch)
  }

  get counts(): StreamCounts {
    return this.#ingest.tally
  }

  receive(request: StreamRequest): Answer {
    const { receivedAtMs } = request
    const call = callOfPath(request.path)
    if (call === undefined) return NO_SUCH_PATH
    if (request.method !== 'POST') return NOT_POSTED
    if (Number.isNaN(this.#firstAtMs)) this.#firstAtMs = receivedAtMs
    this.#ingest.tally.requests++
    const earlyMs = this.#rate?.gate.earlyMs(receivedAtMs) ?? 0
    if (earlyMs > 0 && this.#rate?.over === '429') return tooManyRequests(earlyMs)
    this.#rate?.gate.count(receivedAtMs)
    const posted = request.body === undefined ? NOT_READ : readPosted(call, request.body)
    return held(this.#handled(request, posted), earlyMs)
  }

  /** What the store holds, of one source or of all. */
  receipts(nowMs: number, source: string | undefined): Iterable<readonly Receipt[]> {
    return streamReceipts(
      this.#store,
      (record) => (source === undefined || record.account === source) && this.#behaviour.visible(record, nowMs),
    )
  }

  /** What was accepted and not stored, of one source or of all; beside it what came with nobody's key. */
  discards(source: string | undefined): Iterable<readonly object[]> {
    return streamDiscards(this.#store, source)
  }

  /** Puts into the store what a fault holds back: before a stop in good order. */
  flush(): void {
    this.#behaviour.flush()
  }

  #handled(request: StreamRequest, posted: Posted | UnreadableBody): Answer {
    const isReadable = !(posted instanceof UnreadableBody)
    const key = request.writeKey ?? (isReadable ? posted.writeKey : undefined)
    const atMs = request.receivedAtMs
    const standing = this.#sources.standingOf(key ?? '', atMs - this.#firstAtMs)
    const events = isReadable ? eventsOf(posted, atMs) : []
    const visits = this.#behaviour.sound ? [] : this.#visits(request, standing.source, events)
    const [lead] = visits
    const early = lead && this.#behaviour.before(lead)
    if (early !== undefined) return this.#said(early, lead, 'refused')
    if (!isReadable) return this.#said(problem(400, posted.reason), lead, 'refused')
    if (key === undefined) return this.#said(NO_WRITE_KEY, lead, 'refused')
    return this.#said(SUCCESS, lead, this.#ingest.take({ events, standing, visits, atMs }))
  }

  #said(answer: Answer, lead: Visit | undefined, handling: Parameters<Behaviour['answer']>[2]): Answer {
    return lead === undefined ? answer : this.#behaviour.answer(answer, lead, handling)
  }

  /** One for each event; of a request that brings none, one all the same. */
  #visits(request: StreamRequest, source: string, events: readonly PostedEvent[]): Visit[] {
    const { method, body = NO_BYTES, receivedAtMs } = request
    const atMs = receivedAtMs - this.#firstAtMs
    const carrier = { method, body, receivedAtMs, account: source }
    const visits: Visit[] = []
    for (const event of events.length > 0 ? events : [NO_EVENT]) {
      const sighting = this.#sightings.meet(
        event instanceof MalformedEvent ? '' : `${source} ${event.messageId}`,
        receivedAtMs,
      )
      const place = { lead: visits[0], place: visits.length, size: events.length }
      visits.push(new Visit(carrier, event, sighting, atMs, this.#seed, place))
    }
    return visits
  }
}

const NOT_READ = new UnreadableBody('the body is too large, or cannot be uncompressed')
const NO_BYTES = new Uint8Array()
const NO_EVENT = new MalformedEvent('there is no event')

function eventsOf({ events, call, sentAt, context, integrations }: Posted, receivedAtMs: number): PostedEvent[] {
  const carrier = { call, sentAt, context, integrations, receivedAtMs }
  return events.map((element) => new PostedEvent(element, carrier))
}
