import type { Delivery, LaneCursor, Schedule } from '../../src/model/delivery.ts'
import type { Traffic } from '../../src/model/message.ts'
import { isRefusedPhase, type Plan } from '../../src/model/plan.ts'
import type { StreamPlan } from '../../src/model/stream.ts'
import { byteLengthOf, type Fragment } from '../utf8.ts'

/** What a request's body has around its events: brackets, `sentAt`, and a write key where the body shows it. */
const AROUND_BYTES = 512
const COMMA_BYTES = 1

/**
 * A schedule knows of counts alone; this one keeps what Segment takes in bytes as well. A delivery that would be too long is sent in several, one
 * after the other, all due when it was. An event that alone is too long is left out. Where a phase wants to be refused, nothing is changed.
 *
 * Events must be made to know how long they are: those of the delivery handed out last are kept, so that who sends it at once need not make them
 * again.
 */
export class WithinLimits implements Schedule {
  readonly lanes: number
  /** Messages left out in the lanes walked so far, by index, and the bytes of each. */
  readonly leftOut: Map<number, number> = new Map()
  readonly #schedule: Schedule
  readonly #plan: Plan
  readonly #traffic: Traffic
  readonly #limits: Limits
  #last: Delivery | undefined
  #eventsOfLast: readonly Fragment[] = []

  constructor(schedule: Schedule, plan: Plan & { readonly stream: StreamPlan }, traffic: Traffic) {
    this.lanes = schedule.lanes
    this.#schedule = schedule
    this.#plan = plan
    this.#traffic = traffic
    this.#limits = limitsOf(plan.stream)
  }

  get endMs(): number {
    return this.#schedule.endMs
  }

  lane(lane: number): LaneCursor {
    return new LimitedLane(this, this.#schedule.lane(lane))
  }

  /** The events of the delivery that was handed out last; undefined: it is another one. */
  eventsOf(delivery: Delivery): readonly Fragment[] | undefined {
    return delivery === this.#last ? this.#eventsOfLast : undefined
  }

  limitsOf({ phase }: Delivery): Limits {
    return isRefusedPhase(this.#plan, phase) ? UNLIMITED : this.#limits
  }

  /** The delivery's nth message; undefined: it is left out. */
  eventOf(delivery: Delivery, nth: number): Fragment | undefined {
    const index = this.#indexOf(delivery, nth)
    const event = this.#traffic.messageAt(index, delivery.copy === 'replay' ? 'replay' : 'live').bytes
    const bytes = byteLengthOf(event)
    if (bytes <= this.limitsOf(delivery).eventBytes) return event
    this.leftOut.set(index, bytes)
    return undefined
  }

  /** What a lane hands out. */
  part(delivery: Delivery, from: number, seq: number, events: readonly Fragment[]): Delivery {
    this.#last = { ...delivery, seq, index: this.#indexOf(delivery, from), size: events.length }
    this.#eventsOfLast = events
    return this.#last
  }

  #indexOf({ index }: Delivery, nth: number): number {
    return index + nth * this.#plan.lanes
  }
}

/** A lane of the schedule, parted anew. Memory is bounded by one event. */
class LimitedLane implements LaneCursor {
  readonly #schedule: WithinLimits
  readonly #whole: LaneCursor
  /** What is being parted, and the place in it that the next part begins at. */
  #delivery: Delivery | undefined
  #at = 0
  /** The event there; undefined: not made yet, or there is none. */
  #event: Fragment | undefined
  #seq = 0

  constructor(schedule: WithinLimits, whole: LaneCursor) {
    this.#schedule = schedule
    this.#whole = whole
  }

  peekDueMs(): number {
    return this.#findNext()?.dueMs ?? Number.POSITIVE_INFINITY
  }

  next(): Delivery {
    const delivery = this.#findNext()
    if (delivery === undefined) throw new RangeError('the lane has no further delivery')
    const from = this.#at
    return this.#schedule.part(delivery, from, this.#seq++, this.#eventsOf(delivery))
  }

  /** Goes on to an event that may be sent. @returns the delivery that it belongs to; undefined: there is none */
  #findNext(): Delivery | undefined {
    while (this.#event === undefined) {
      if (this.#delivery === undefined || this.#at === this.#delivery.size) {
        if (this.#whole.peekDueMs() === Number.POSITIVE_INFINITY) return undefined
        this.#delivery = this.#whole.next()
        this.#at = 0
      }
      this.#event = this.#schedule.eventOf(this.#delivery, this.#at)
      if (this.#event === undefined) this.#at++
    }
    return this.#delivery
  }

  /** From the event found, all that go into one request. */
  #eventsOf(delivery: Delivery): readonly Fragment[] {
    const events: Fragment[] = []
    let bytesLeft = this.#schedule.limitsOf(delivery).batchBytes
    while (this.#event !== undefined) {
      bytesLeft -= byteLengthOf(this.#event) + COMMA_BYTES
      if (bytesLeft < 0 && events.length > 0) break
      events.push(this.#event)
      this.#at++
      this.#event = this.#at < delivery.size ? this.#schedule.eventOf(delivery, this.#at) : undefined
    }
    return events
  }
}

interface Limits {
  readonly eventBytes: number
  /** Of all events of a request, and the commas between them. */
  readonly batchBytes: number
}

const UNLIMITED: Limits = { eventBytes: Number.POSITIVE_INFINITY, batchBytes: Number.POSITIVE_INFINITY }

/** A single call's limit holds for its whole body, which may show the write key beside the event. */
function limitsOf({ endpoint, auth, eventBytesMax, batchBytesMax }: StreamPlan): Limits {
  const besideBytes = endpoint === 'single' && auth !== 'header' ? AROUND_BYTES : 0
  return { eventBytes: eventBytesMax - besideBytes, batchBytes: batchBytesMax - AROUND_BYTES }
}
