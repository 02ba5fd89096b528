import type { AttemptObservation } from '../model/observation.ts'
import type { PromiseFacts } from '../model/pace-facts.ts'
import type { AttemptTimes } from './moments.ts'

const EXAMPLES = 20
const TENTHS = 10
/** Attempts this far below the declared rate are within it however they come to arrive. */
const WELL_WITHIN = 0.9

/** An answer that said when to come again. */
interface Promised {
  readonly retryAfterS: number
  readonly answeredMs: number
}

interface Broken extends Promised {
  readonly index: number
  readonly dispatchMs: number
}

/** Holds those who say how long to wait to their word. */
export class PromiseTally {
  readonly #declaredPerSecond: number
  readonly #open = new Map<string, Promised>()
  readonly #broken: Broken[] = []
  /** Attempts by tenth of a second. */
  readonly #sent: number[] = []
  #refused = 0
  #kept = 0

  /** @param declaredPerSecond undefined: nothing is declared, so that nobody can say who was entitled to refuse */
  constructor(declaredPerSecond: number | undefined) {
    this.#declaredPerSecond = declaredPerSecond ?? 0
  }

  attempt(o: AttemptObservation, { dispatchMs, outcomeMs }: AttemptTimes): void {
    if (o.status === 429) this.#refused++
    if (this.#declaredPerSecond === 0) return
    const tenth = tenthOf(dispatchMs)
    this.#sent[tenth] = (this.#sent[tenth] ?? 0) + 1
    const key = `${o.lane}/${o.seq}`
    const promised = o.attempt === 1 ? undefined : this.#open.get(key)
    if (promised) this.#hold(promised, o, dispatchMs)
    if (o.retryAfterS !== undefined && o.next === 'retry') {
      this.#open.set(key, { retryAfterS: o.retryAfterS, answeredMs: outcomeMs })
    } else if (promised) this.#open.delete(key)
  }

  facts(): PromiseFacts {
    const broken = this.#broken.filter(({ dispatchMs }) => this.#isWellWithin(dispatchMs))
    return {
      refused: this.#refused,
      kept: this.#kept,
      broken: broken.length,
      examples: broken.slice(0, EXAMPLES).map(({ index, retryAfterS, answeredMs, dispatchMs }) => ({
        index,
        retryAfterS,
        waitedS: Math.round(dispatchMs - answeredMs) / 1000,
      })),
    }
  }

  /** Who comes sooner than asked for and is refused has learned nothing. */
  #hold(promised: Promised, o: AttemptObservation, dispatchMs: number): void {
    if (o.next === 'acked') this.#kept++
    const isInTime = dispatchMs >= promised.answeredMs + promised.retryAfterS * 1000
    const isRefused = o.status === 429 || o.retryAfterS !== undefined
    if (isRefused && isInTime) this.#broken.push({ ...promised, index: o.index, dispatchMs })
  }

  /** Of the second before it, and a little around: attempts overtake each other on the way. */
  #isWellWithin(dispatchMs: number): boolean {
    const last = tenthOf(dispatchMs) + 1
    let sent = 0
    for (let tenth = Math.max(0, last - TENTHS - 1); tenth <= last; tenth++) sent += this.#sent[tenth] ?? 0
    return sent <= this.#declaredPerSecond * WELL_WITHIN
  }
}

function tenthOf(ms: number): number {
  return Math.max(0, Math.floor((ms * TENTHS) / 1000))
}
