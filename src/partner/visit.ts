import { hashText, unit } from '../model/hash.ts'
import { type IncomingEvent, MalformedEvent } from './incoming-event.ts'
import type { PartnerRequest } from './partner-request.ts'

/** How often a receiver has met a message before, and when for the first time. */
export interface Sighting {
  readonly seen: number
  readonly firstAtMs: number
}

/** Where an event stands in its request. */
export interface BatchPlace {
  /** The visit of the request's first event; undefined: this is it. */
  readonly lead: Visit | undefined
  /** From 0. */
  readonly place: number
  /** How many events the request brings. */
  readonly size: number
}

/** One event of a request on its way through a receiver: what a fault may look at, and its only source of chance. */
export class Visit {
  readonly request: PartnerRequest
  readonly event: IncomingEvent | MalformedEvent
  /** Requests that brought this message before. */
  readonly seen: number
  /** When the first of them came, epoch milliseconds; this request's moment if there was none. */
  readonly firstAtMs: number
  /** Since the receiver's first request. */
  readonly atMs: number
  readonly batch: BatchPlace
  readonly #seed: number

  constructor(
    request: PartnerRequest,
    event: IncomingEvent | MalformedEvent,
    sighting: Sighting,
    atMs: number,
    seed: number,
    batch: BatchPlace,
  ) {
    this.request = request
    this.event = event
    this.seen = sighting.seen
    this.firstAtMs = sighting.firstAtMs
    this.atMs = atMs
    this.batch = batch
    this.#seed = seed
  }

  /** A draw from [0, 1) of this request alone, the same for all its events. Draws with different salts are independent. */
  drawOfTry(salt: number): number {
    const { lead = this } = this.batch
    return unit(this.#seed, lead.#identity(), salt, lead.seen)
  }

  /** A draw from [0, 1) that is the same whenever this message comes. */
  drawOfMessage(salt: number): number {
    return unit(this.#seed, this.#identity(), salt, EVERY_TRY)
  }

  #identity(): number {
    return this.event instanceof MalformedEvent ? 0 : hashText(0, this.event.messageId)
  }
}

const EVERY_TRY = 2 ** 40
