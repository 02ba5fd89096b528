import type { Clock, Timer } from '../model/world.ts'

/** Turns of the microtask queue that awaiting code gets after each moment: enough for a few awaits in a row. */
const SETTLE_TURNS = 4
/** Times that it gets them with no timer left before a promise is given up. */
const IDLE_ROUNDS_MAX = 10_000

/** A clock that stands still until it is run, and then goes from timer to timer. */
export class VirtualClock implements Clock {
  readonly #startWallMs: number
  #heap: VirtualTimer[] = []
  #nowMs = 0
  #order = 0
  #cancelled = 0

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
    const timer = new VirtualTimer(Math.max(atMs, this.#nowMs), this.#order++, wake, this.#forget)
    this.#push(timer)
    return timer
  }

  /** Goes on until no timer is left. Code that awaits does not get its turn meanwhile: see `drain`. */
  run(): void {
    this.runUntil(Number.POSITIVE_INFINITY)
  }

  /** Wakes what is due up to and including `untilMs`, and stays there. */
  runUntil(untilMs: number): void {
    while (this.#nextMs() <= untilMs && this.#nextMs() < Number.POSITIVE_INFINITY) this.#wakeFirst()
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
      if (settled || this.#nextMs() === Number.POSITIVE_INFINITY) continue
      this.runUntil(this.#nextMs())
      idleRounds = 0
    }
    if (!settled) throw new Error(`nothing is left to wake after ${this.#nowMs} ms, and the promise is still pending`)
    return promise
  }

  /** Moment of the first timer that still waits; Infinity if there is none. */
  #nextMs(): number {
    while (this.#heap.length > 0 && this.#heap[0]!.wake === undefined) {
      this.#pop()
      this.#cancelled--
    }
    return this.#heap[0]?.atMs ?? Number.POSITIVE_INFINITY
  }

  #wakeFirst(): void {
    const first = this.#pop()
    const { wake } = first
    first.wake = undefined
    this.#nowMs = first.atMs
    wake?.()
  }

  /** Cancelled timers stay until they come up, or until they are the most. */
  readonly #forget = (): void => {
    this.#cancelled++
    if (this.#cancelled < 64 || this.#cancelled * 2 < this.#heap.length) return
    this.#heap = this.#heap.filter(({ wake }) => wake !== undefined).sort((a, b) => (before(a, b) ? -1 : 1))
    this.#cancelled = 0
  }

  #push(entry: VirtualTimer): void {
    let i = this.#heap.push(entry) - 1
    while (i > 0) {
      const parent = (i - 1) >>> 1
      if (!before(entry, this.#heap[parent]!)) break
      this.#heap[i] = this.#heap[parent]!
      i = parent
    }
    this.#heap[i] = entry
  }

  #pop(): VirtualTimer {
    const first = this.#heap[0]!
    const last = this.#heap.pop()!
    if (first !== last) this.#sink(last)
    return first
  }

  #sink(entry: VirtualTimer): void {
    const size = this.#heap.length
    let i = 0
    for (let child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && before(this.#heap[child + 1]!, this.#heap[child]!)) child++
      if (!before(this.#heap[child]!, entry)) break
      this.#heap[i] = this.#heap[child]!
      i = child
    }
    this.#heap[i] = entry
  }
}

class VirtualTimer implements Timer {
  readonly atMs: number
  /** Of two timers for one moment the one that was set first goes first. */
  readonly order: number
  /** Undefined once it has gone off or was cancelled. */
  wake: (() => void) | undefined
  readonly #forget: () => void

  constructor(atMs: number, order: number, wake: () => void, forget: () => void) {
    this.atMs = atMs
    this.order = order
    this.wake = wake
    this.#forget = forget
  }

  cancel(): void {
    if (this.wake === undefined) return
    this.wake = undefined
    this.#forget()
  }
}

function before(a: VirtualTimer, b: VirtualTimer): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}
