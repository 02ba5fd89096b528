import type { WatchedEvent } from '../../partner/stream/watched-event.ts'
import { Allowance } from './allowance.ts'

/** As many as the debugger shows at once. */
export const KEPT_MAX = 500

/** What a reader can follow, roughly; a sender at its usual 50 requests a second is shown whole. */
const WATCHED_PER_SECOND = 100
/** Enough for whoever opens the page after sending something by hand. */
const UNWATCHED_PER_SECOND = 10

export interface KeptEvent {
  /** Counted from 1. */
  readonly number: number
  readonly event: WatchedEvent
}

/** Of all events that were taken since the start. */
export interface EventCounts {
  readonly taken: number
  /** Of those: not stored. */
  readonly discarded: number
  /** Of those: kept to be shown. */
  readonly kept: number
}

/** The last of the events, and how many there were. Of a flood it keeps a few, of the discarded as many again, so that neither hides the other. */
export class EventSample {
  readonly #ring: KeptEvent[] = []
  readonly #stored = new Allowance(KEPT_MAX, UNWATCHED_PER_SECOND)
  readonly #discarded = new Allowance(KEPT_MAX, UNWATCHED_PER_SECOND)
  readonly #counts = { taken: 0, discarded: 0, kept: 0 }

  take(event: WatchedEvent): void {
    this.#counts.taken++
    const isStored = event.code === undefined
    if (!isStored) this.#counts.discarded++
    if (!(isStored ? this.#stored : this.#discarded).spend(event.atMs)) return
    this.#counts.kept++
    this.#ring[this.#counts.kept % KEPT_MAX] = { number: this.#counts.kept, event }
  }

  /** Whether anybody looks: then more is kept. */
  watch(watched: boolean): void {
    for (const allowance of [this.#stored, this.#discarded])
      allowance.perSecond = watched ? WATCHED_PER_SECOND : UNWATCHED_PER_SECOND
  }

  counts(): EventCounts {
    return { ...this.#counts }
  }

  /** The number of the oldest event that is still there; one more than that of the newest if none is. */
  oldest(): number {
    return Math.max(1, this.#counts.kept - KEPT_MAX + 1)
  }

  /** The event of a number from `oldest` on; undefined: it has not come yet. */
  at(number: number): KeptEvent | undefined {
    return number > this.#counts.kept ? undefined : this.#ring[number % KEPT_MAX]
  }
}
