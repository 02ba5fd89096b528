import { DueHeap } from '../model/due-heap.ts'
import type { Clock, Timer } from '../model/world.ts'

/** Turns of the microtask queue that awaiting code gets after each moment: enough for a few awaits in a row. */
const SETTLE_TURNS = 4
/** Times that it gets them with no timer left before a promise is given up. */
const IDLE_ROUNDS_MAX = 10_000

/** A clock that stands still until it is run, and then goes from timer to timer. */
export class VirtualClock implements Clock {
  readonly #startWallMs: number
  /** Cancelled timers stay until their moment comes. */
  readonly #timers = new DueHeap<VirtualTimer>()
  #nowMs = 0

  /** @param startWallMs wall clock at moment 0, epoch milliseconds */
  constructor(startWallMs: number = Date.UTC(2026, 0, 1)) {
    this.#startWallMs = startWallMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  wallMs(): number {
    return this.#startWallMs + this.#nowMs
  }

  at(atMs: number, wake: () => void): Timer {
    if (Number.isNaN(atMs)) throw new Error('a timer needs a moment')
    const timer = new VirtualTimer(wake)
    this.#timers.push(Math.max(atMs, this.#nowMs), timer)
    return timer
  }

  /** Goes on until no timer is left. Code that awaits does not get its turn meanwhile: see `drain`. */
  run(): void {
    this.runUntil(Number.POSITIVE_INFINITY)
  }

  /** Wakes what is due up to and including `untilMs`, and stays there. */
  runUntil(untilMs: number): void {
    for (let nextMs = this.#nextMs(); nextMs <= untilMs && nextMs < Number.POSITIVE_INFINITY; nextMs = this.#nextMs()) {
      this.#wakeFirst()
    }
    if (Number.isFinite(untilMs)) this.#nowMs = Math.max(this.#nowMs, untilMs)
  }

  /**
   * Runs until the promise is settled, giving awaiting code its turn after each moment.
   * @throws what the promise rejects with, or an Error when it waits for something that no timer will bring
   */
  async drain<T>(promise: Promise<T>): Promise<T> {
    let settled = false
    const settle = (): void => {
      settled = true
    }
    promise.then(settle, settle)
    for (let idleRounds = 0; !settled && idleRounds < IDLE_ROUNDS_MAX; idleRounds++) {
      for (let turn = 0; turn < SETTLE_TURNS; turn++) await undefined
      const nextMs = this.#nextMs()
      if (settled || nextMs === Number.POSITIVE_INFINITY) continue
      this.runUntil(nextMs)
      idleRounds = 0
    }
    if (!settled) throw new Error(`nothing is left to wake after ${this.#nowMs} ms, and the promise is still pending`)
    return promise
  }

  /** Moment of the first timer that still waits; Infinity if there is none. */
  #nextMs(): number {
    while (this.#timers.size > 0 && this.#timers.peek()?.wake === undefined) this.#timers.pop()
    return this.#timers.peekDueMs()
  }

  #wakeFirst(): void {
    this.#nowMs = this.#timers.peekDueMs()
    const first = this.#timers.pop()
    const { wake } = first
    first.wake = undefined
    wake?.()
  }
}

class VirtualTimer implements Timer {
  /** Undefined once it has gone off or was cancelled. */
  wake: (() => void) | undefined

  constructor(wake: () => void) {
    this.wake = wake
  }

  cancel(): void {
    this.wake = undefined
  }
}
