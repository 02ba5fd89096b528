import type { Delivery } from '../model/delivery.ts'
import type { AttemptObservation } from '../model/observation.ts'
import type { TakenFacts } from '../model/pace-facts.ts'
import { isRefusedPhase, type PhasePlan, type Plan } from '../model/plan.ts'
import type { AttemptTimes } from './moments.ts'
import { isPushedBack } from './pushed-back.ts'

/** A second with so large a part of the bound is one that asks for it. */
const BUSY_SHARE = 0.9
/** A shorter wait for a slot is not yet a queue. */
const LONG_WAIT_MS = 1000
/** A target that asks for more time than this between tries is given no more. */
const LATE_MAX_S = 600

/** What is asked for in some phases, by the second, and how much of it is taken in time. */
export class TakenTally {
  readonly #plan: Plan
  readonly #counted: (phase: PhasePlan) => boolean
  readonly #perSecond: number
  readonly #dueBySecond: number[] = []
  /** By how many seconds after the end of their phase they were accepted; 0: before it. */
  readonly #takenByLateness: number[] = Array(LATE_MAX_S + 1).fill(0)
  #due = 0
  #rejected = 0
  #pushedBack = 0
  #waitedForSlot = 0
  #retryAfterMaxS = 0

  /** @param perSecond no more is asked for in any second; Infinity: whatever is due */
  constructor(plan: Plan, counted: (phase: PhasePlan) => boolean, perSecond: number) {
    this.#plan = plan
    this.#counted = counted
    this.#perSecond = perSecond
  }

  due({ phase, dueMs }: Pick<Delivery, 'phase' | 'dueMs'>): void {
    if (this.#plan.phases.some((one) => this.#counted(one) && isWithin(one, dueMs))) this.#due++
    if (!this.#asks(phase, dueMs)) return
    const second = Math.floor(dueMs / 1000)
    this.#dueBySecond[second] = (this.#dueBySecond[second] ?? 0) + 1
  }

  attempt(o: AttemptObservation, { dispatchMs }: AttemptTimes): void {
    if (!this.#asks(o.phase, o.dueMs)) return
    if (isPushedBack(o)) this.#pushedBack++
    if (o.slotWaitMs > LONG_WAIT_MS) this.#waitedForSlot++
    if (o.next === 'rejected') this.#rejected++
    this.#retryAfterMaxS = Math.max(this.#retryAfterMaxS, o.retryAfterS ?? 0)
    if (o.next !== 'acked') return
    // Squall's own lateness takes nothing from the target.
    const lateS = (dispatchMs - o.pumpLagMs - endOf(this.#plan.phases[o.phase]!)) / 1000
    const row = Math.min(LATE_MAX_S, Math.max(0, Math.floor(lateS) + 1))
    this.#takenByLateness[row] = this.#takenByLateness[row]! + 1
  }

  facts(): TakenFacts {
    const seconds = Object.values(this.#dueBySecond)
    const asked = seconds.reduce((sum, due) => sum + Math.min(due, this.#perSecond), 0)
    return {
      seconds: seconds.length,
      busySeconds: seconds.filter((due) => due >= this.#perSecond * BUSY_SHARE).length,
      asked: Math.max(0, asked - this.#rejected),
      taken: this.#takenBy(0),
      takenWithRetry: this.#takenBy(this.#retryLagS()),
      due: this.#due,
      pushedBack: this.#pushedBack,
      waitedForSlot: this.#waitedForSlot,
    }
  }

  #asks(phase: number, dueMs: number): boolean {
    const asking = this.#plan.phases[phase]!
    return this.#counted(asking) && !isRefusedPhase(this.#plan, phase) && dueMs < endOf(asking)
  }

  #takenBy(lateS: number): number {
    return this.#takenByLateness.slice(0, Math.min(LATE_MAX_S, lateS) + 1).reduce((sum, count) => sum + count, 0)
  }

  /** How long a first retry may be waited for, in whole seconds. */
  #retryLagS(): number {
    const { policy, firstDelayMs, jitter, timeScale, retryAfter } = this.#plan.retry
    if (policy === 'none') return 0
    const ownS = (firstDelayMs * (1 + jitter)) / timeScale / 1000
    return Math.ceil(retryAfter === 'honour' ? Math.max(ownS, this.#retryAfterMaxS) : ownS) + 1
  }
}

function endOf({ startMs, durationMs }: PhasePlan): number {
  return startMs + durationMs
}

function isWithin(phase: PhasePlan, ms: number): boolean {
  return ms >= phase.startMs && ms < endOf(phase)
}
