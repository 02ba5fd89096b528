import exec from 'k6/execution'
import { DueHeap } from '../../src/model/due-heap.ts'
import type { Clock, Timer } from '../../src/model/world.ts'

/** Timers come about a millisecond late: so much before its moment an alarm is looked at again. */
const COARSE_MS = 1.2

interface Alarm {
  wake: (() => void) | undefined
}

/** k6's clock. However many alarms are set, k6 has one timer: it would put each into a sorted list, and a new one for each event is dear. */
export class K6Clock implements Clock {
  /** Looking it up costs ten times as much as reading it. */
  readonly #instance = exec.instance
  readonly #alarms = new DueHeap<Alarm>()
  #timer: ReturnType<typeof setTimeout> | undefined
  /** When the timer is to fire. */
  #armedMs = Number.POSITIVE_INFINITY
  #lastMs = 0
  #lateMaxMs = 0

  /** k6 tells the time that has passed on the wall clock: where that is set back, time stands still. */
  nowMs(): number {
    const nowMs = this.#instance.currentTestRunDuration
    if (nowMs > this.#lastMs) this.#lastMs = nowMs
    return this.#lastMs
  }

  wallMs(): number {
    return Date.now()
  }

  at(atMs: number, wake: () => void): Timer {
    const alarm: Alarm = { wake }
    this.#alarms.push(atMs, alarm)
    if (atMs < this.#armedMs) this.#arm(atMs)
    return {
      cancel() {
        alarm.wake = undefined
      },
    }
  }

  /** How late k6 has been at most to call back since this was last asked. */
  takeLateMaxMs(): number {
    const lateMs = this.#lateMaxMs
    this.#lateMaxMs = 0
    return lateMs
  }

  /** Nothing is woken any more. */
  close(): void {
    clearTimeout(this.#timer)
    this.#armedMs = Number.NEGATIVE_INFINITY
  }

  /** In two steps: nearly to the moment, then half of what is left. */
  #arm(atMs: number): void {
    if (this.#armedMs !== Number.POSITIVE_INFINITY) clearTimeout(this.#timer)
    const nowMs = this.nowMs()
    const leftMs = Math.max(0, atMs - nowMs)
    const delayMs = leftMs > COARSE_MS ? leftMs - COARSE_MS : leftMs / 2
    this.#armedMs = nowMs + delayMs
    this.#timer = setTimeout(() => this.#ring(), delayMs)
  }

  #ring(): void {
    this.#lateMaxMs = Math.max(this.#lateMaxMs, this.nowMs() - this.#armedMs)
    // What is set meanwhile need not arm the timer: that is done once, below.
    this.#armedMs = Number.NEGATIVE_INFINITY
    while (this.#alarms.peekDueMs() <= this.nowMs()) this.#alarms.pop().wake?.()
    while (this.#alarms.size > 0 && this.#alarms.peek()?.wake === undefined) this.#alarms.pop()
    this.#armedMs = Number.POSITIVE_INFINITY
    if (this.#alarms.size > 0) this.#arm(this.#alarms.peekDueMs())
  }
}
