import type { DeliveryPlan } from '../model/plan.ts'
import { Ceiling } from './ceiling.ts'

/** So late that squall itself was held up, not just woken by a coarse timer. */
const STALL_MS = 100

/**
 * Whose doing lateness is. A backlog begins when the in-flight cap is full with something due (the target's doing), or when the
 * pump finds itself far behind with slots free, or held back by its own ceiling (the generator's). While it lasts, attempts start at
 * the catch-up rate at most.
 */
export class Backlog {
  readonly #catchUpPerMs: number
  readonly #ceiling: Ceiling
  #cause: 'none' | 'slots' | 'generator' = 'none'
  #sinceMs = 0
  /** When the catch-up rate lets the next attempt start. */
  #nextStartMs = 0
  /** When a slot was last freed. */
  #slotFreeMs = 0

  /** @param cutAtMs when the part of the run before this one ended; undefined: there was none */
  constructor(
    plan: Pick<DeliveryPlan, 'catchUpPerSecond' | 'attemptsPerSecondMax' | 'evenlyPaced'>,
    cutAtMs: number | undefined = undefined,
  ) {
    this.#catchUpPerMs = plan.catchUpPerSecond / 1000
    this.#ceiling = new Ceiling(plan, cutAtMs)
  }

  get lasts(): boolean {
    return this.#cause !== 'none'
  }

  /** All slots are taken: what is due from now on waits for one. */
  full(nowMs: number): void {
    if (this.#cause !== 'slots') this.#begin('slots', nowMs)
  }

  slotFreed(nowMs: number): void {
    this.#slotFreeMs = nowMs
  }

  /** Nothing is due any more. */
  cleared(): void {
    this.#cause = 'none'
  }

  /** @returns whether something due at `dueMs` shows that squall was held up just now */
  stalled(dueMs: number, nowMs: number): boolean {
    if (this.#cause !== 'none') return false
    const heldBack = this.#ceiling.opensMs > nowMs
    const late = nowMs - dueMs > STALL_MS
    if (heldBack || late) this.#begin('generator', nowMs)
    return late && !heldBack
  }

  /** When the next attempt may start: now, or as the catch-up rate and the ceiling allow. */
  mayStartMs(nowMs: number): number {
    return Math.max(this.#cause === 'none' ? nowMs : this.#nextStartMs, this.#ceiling.opensMs)
  }

  /** Something due at `dueMs` starts now. @returns how much of its lateness is slot wait */
  start(dueMs: number, nowMs: number): number {
    this.#ceiling.started(nowMs)
    if (this.#cause === 'none') return 0
    const allowedMs = Math.max(this.#nextStartMs, this.#slotFreeMs)
    // A millisecond of unused allowance is kept: timers are no finer than that.
    this.#nextStartMs = Math.max(this.#nextStartMs, nowMs - 1) + 1 / this.#catchUpPerMs
    if (this.#cause === 'generator') return 0
    return Math.max(0, Math.min(allowedMs, nowMs) - Math.max(dueMs, this.#sinceMs))
  }

  #begin(cause: 'slots' | 'generator', nowMs: number): void {
    this.#cause = cause
    this.#sinceMs = nowMs
    this.#nextStartMs = nowMs
  }
}
