import type { AttemptObservation } from '../model/observation.ts'
import type { StreamPace } from '../model/stream-facts.ts'
import type { AttemptTimes } from './moments.ts'

/** Moments on record are good to less than that, however long an attempt had waited. */
const RESOLUTION_MS = 1
const SECOND_MS = 1000

/** Requests by when they left, in whatever order their outcomes came: eight bytes each. */
export class StreamPaceTally {
  #leftMs = new Float64Array(1024)
  #count = 0
  #retries = 0
  #latencyMaxMs = 0

  /** @param gapMs how much later than the run's time it truly was */
  attempt(o: Pick<AttemptObservation, 'attempt'>, { dispatchMs, fromSendMs }: AttemptTimes, gapMs: number): void {
    if (this.#count === this.#leftMs.length) this.#grow()
    this.#leftMs[this.#count++] = dispatchMs + gapMs
    if (o.attempt > 1) this.#retries++
    this.#latencyMaxMs = Math.max(this.#latencyMaxMs, fromSendMs)
  }

  facts(): StreamPace {
    const leftMs = this.#leftMs.slice(0, this.#count).sort()
    const { count, fromMs } = busiestSecond(leftMs)
    return {
      requests: this.#count,
      retries: this.#retries,
      busiestCount: count,
      busiestFromS: fromMs === null ? null : fromMs / SECOND_MS,
      latencyMaxMs: this.#latencyMaxMs,
    }
  }

  #grow(): void {
    const more = new Float64Array(this.#leftMs.length * 2)
    more.set(this.#leftMs)
    this.#leftMs = more
  }
}

/** The most moments, of those in order, that any second holds: it begins at one of them. */
function busiestSecond(atMs: Float64Array): { readonly count: number; readonly fromMs: number | null } {
  let best = 0
  let fromMs: number | null = null
  for (let first = 0, end = 0; end < atMs.length; ) {
    if (atMs[end]! - atMs[first]! < SECOND_MS - RESOLUTION_MS) end++
    else first++
    if (end - first <= best) continue
    best = end - first
    fromMs = atMs[first]!
  }
  return { count: best, fromMs }
}
