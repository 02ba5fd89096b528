import type { Delivery, LaneCursor } from '../model/delivery.ts'
import { DueHeap } from '../model/due-heap.ts'
import type { Observation } from '../model/observation.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import type { Recorder } from '../model/recorder.ts'
import type { Clock, OutgoingRequest, Timer, Transport } from '../model/world.ts'
import { AnswersShown } from './answers-shown.ts'
import { Backlog } from './backlog.ts'
import { Life } from './life.ts'
import { LiveView } from './live-view.ts'
import { orLosing } from './lost-answers.ts'
import { decide, type MeaningOf, meaningsOf, type RetryDecision, retryDraw, settled } from './retry-policy.ts'
import { UnderWay } from './under-way.ts'
import { Watermark } from './watermark.ts'

const ROUNDING_MS = 1e-6
/** The pump wakes at least so often. */
const HEARTBEAT_MS = 100
/** Deadlines that the loop itself was this late to look at are looked at once more, after the answers that wait in its sockets. */
const LATE_LOOK_MS = 100
/** Who sends longer than this in one go lets answers and deadlines have their turn first: large batches in a slow engine are never done. */
const TURN_MS = 50

export interface PumpParts {
  readonly plan: Plan
  readonly cursors: readonly LaneCursor[]
  /** When the part of the run before this one was cut off; undefined: there is none. */
  readonly cutAtMs?: number | undefined
  /** Deliveries that had begun when the run was cut off, each with its next attempt due. */
  readonly lives: readonly Life[]
  /** @param attempt which attempt of the delivery it is, from 1; it leaves now */
  readonly requestOf: (delivery: Delivery, attempt: number) => OutgoingRequest
  readonly clock: Clock
  readonly transport: Transport
  readonly recorder: Recorder
  /** The clock's time at moment 0 of the run. */
  readonly originMs: number
  readonly endMs: number
  /** Called once: nothing is under way and nothing will be. `trouble`: the ledger could not be written. */
  readonly onEnd: (end: PumpEnd) => void
}

export interface PumpEnd {
  readonly complete: boolean
  readonly atMs: number
  readonly trouble: unknown
}

/**
 * Sends what is due when it is due. One heap of lanes, one of retries, one timer; what is overdue stays an index in its lane.
 * All moments are milliseconds after the run's start.
 */
export class Pump {
  readonly view: LiveView
  readonly #parts: PumpParts
  readonly #lanes = new DueHeap<LaneCursor>()
  readonly #retries = new DueHeap<Life>()
  readonly #underWay = new UnderWay()
  #inFlight = 0
  readonly #backlog: Backlog
  readonly #answers = new AnswersShown()
  readonly #meaningOf: MeaningOf
  readonly #drainEndMs: number
  readonly #inFlightMax: number
  readonly #watermark: Watermark
  #timer: Timer | undefined
  #wakeAtMs = 0
  #pumping = false
  #stopping = false
  #ended = false

  constructor(parts: PumpParts) {
    this.#parts = parts
    this.view = new LiveView(parts.plan)
    this.#drainEndMs = parts.endMs + parts.plan.delivery.drainMs
    this.#inFlightMax = parts.plan.delivery.inFlightMax
    this.#watermark = new Watermark(parts.recorder)
    this.#meaningOf = meaningsOf(parts.plan.retry)
    this.#backlog = new Backlog(parts.plan.delivery, parts.cutAtMs)
    for (const cursor of parts.cursors) this.#enter(cursor)
    for (const life of parts.lives) this.#retries.push(life.attemptDueMs, life)
  }

  get inFlight(): number {
    return this.#inFlight
  }

  get retriesWaiting(): number {
    return this.#retries.size
  }

  get stage(): 'sending' | 'draining' {
    return this.#stopping || this.#lanes.size === 0 ? 'draining' : 'sending'
  }

  /** How long the first of what is due has been waiting. */
  get latenessMs(): number {
    return Math.max(0, this.nowMs() - Math.min(this.#lanes.peekDueMs(), this.#retries.peekDueMs()))
  }

  nowMs(): number {
    const nowMs = this.#parts.clock.nowMs() - this.#parts.originMs
    // What was waited for has come, whatever rounding says.
    return Math.abs(nowMs - this.#wakeAtMs) < ROUNDING_MS ? this.#wakeAtMs : nowMs
  }

  start(): void {
    this.#pump()
  }

  /** Starts nothing more, waits for what is under way, gives up the rest. */
  stop(): void {
    this.#stopping = true
    this.#pump()
  }

  /** Ends at once; what is under way stays without an outcome. */
  abort(): void {
    this.#underWay.abort()
    this.#end(undefined)
  }

  note(observation: Observation): void {
    if (this.#ended) return
    try {
      this.#parts.recorder.record(observation)
    } catch (trouble) {
      this.#fail(trouble)
    }
  }

  #pump(nowMs: number = this.nowMs()): void {
    if (this.#pumping || this.#ended) return
    this.#pumping = true
    try {
      this.#expire(nowMs)
      this.#sendDue(nowMs)
      if (this.#isOver(nowMs)) this.#finish(nowMs)
      else this.#sleep(nowMs)
    } catch (trouble) {
      this.#fail(trouble)
    }
    this.#pumping = false
  }

  #sendDue(startMs: number): void {
    if (!this.#mayStart(startMs)) return
    this.#watermark.extend(startMs)
    for (let nowMs = startMs; !this.#isFull() && nowMs - startMs < TURN_MS; nowMs = this.nowMs()) {
      const dueMs = Math.min(this.#lanes.peekDueMs(), this.#retries.peekDueMs())
      if (dueMs > nowMs) {
        this.#backlog.cleared()
        return
      }
      if (this.#backlog.stalled(dueMs, nowMs)) this.#markStall(nowMs, nowMs - dueMs)
      if (this.#backlog.mayStartMs(nowMs) > nowMs) return
      this.#watermark.extend(nowMs)
      this.#dispatch(this.#take(dueMs), dueMs, nowMs)
      if (this.#isFull()) this.#backlog.full(nowMs)
    }
  }

  #isFull(): boolean {
    return this.#inFlight >= this.#inFlightMax
  }

  #take(dueMs: number): Life {
    if (this.#retries.peekDueMs() <= dueMs) return this.#retries.pop()
    const cursor = this.#lanes.peek()!
    const life = new Life(cursor.next())
    const nextMs = cursor.peekDueMs()
    if (nextMs === Number.POSITIVE_INFINITY) this.#lanes.pop()
    else this.#lanes.replaceTop(nextMs, cursor)
    return life
  }

  #dispatch(life: Life, dueMs: number, nowMs: number): void {
    life.dispatched(nowMs, this.#backlog.start(dueMs, nowMs))
    this.#inFlight++
    this.view.dispatched(life.attempts)
    this.#underWay.push(life)
    const request = orLosing(this.#parts.requestOf(life.delivery, life.attempts), life, this.#parts.plan)
    life.attempt = this.#parts.transport.send(request, (outcome) => {
      const nowMs = this.nowMs()
      this.#settle(life, outcome, nowMs)
      if (!this.#mayWait(nowMs)) this.#pump(nowMs)
    })
  }

  #settle(life: Life, outcome: Outcome, nowMs: number): void {
    if (this.#ended) return
    try {
      this.#inFlight--
      this.#backlog.slotFreed(nowMs)
      const observation = life.ended(outcome, this.#decide(life, outcome, nowMs), nowMs)
      this.view.ended(observation)
      this.#parts.recorder.record(observation)
      const answer = this.#answers.take(life, outcome, nowMs)
      if (answer) this.#parts.recorder.record(answer)
      if (observation.next === 'retry') this.#retries.push(observation.retryAtMs, life)
    } catch (trouble) {
      this.#fail(trouble)
    }
  }

  /** Most attempts are the last of their delivery, and nothing is drawn for what will not be. */
  #decide(life: Life, outcome: Outcome, nowMs: number): RetryDecision {
    const { retry, seed } = this.#parts.plan
    return (
      settled(this.#meaningOf(outcome)) ??
      decide(retry, outcome, life.historyAt(nowMs), retryDraw(seed, life.delivery, life.attempts))
    )
  }

  /** An attempt has ended, and still nothing can be done before the timer: slots were free as it was, no retry is due sooner, and the run goes on. */
  #mayWait(nowMs: number): boolean {
    if (this.#timer === undefined || nowMs >= this.#wakeAtMs) return false
    if (this.#inFlight + 1 >= this.#inFlightMax || this.#retries.peekDueMs() < this.#wakeAtMs) return false
    return this.#watermark.isAheadOf(nowMs) && !this.#isOver(nowMs)
  }

  /** Attempts whose deadline has passed end as timeouts. */
  #expire(nowMs: number): void {
    const { timeoutMs } = this.#parts.plan.delivery
    const lateLook = nowMs - this.#wakeAtMs > LATE_LOOK_MS
    for (;;) {
      const life = this.#underWay.oldest()
      if (life === undefined || life.dispatchMs + timeoutMs > nowMs) return
      if (lateLook) return
      const outcome = life.attempt!.abort()
      this.#settle(life, { ...outcome, class: 'timeout' }, nowMs)
    }
  }

  #mayStart(nowMs: number): boolean {
    return !this.#stopping && nowMs < this.#drainEndMs
  }

  /** Nothing is under way, and nothing will be: what is left would be due after the drain. */
  #isOver(nowMs: number): boolean {
    if (this.#inFlight > 0) return false
    return !this.#mayStart(nowMs) || Math.min(this.#lanes.peekDueMs(), this.#retries.peekDueMs()) >= this.#drainEndMs
  }

  #finish(nowMs: number): void {
    for (const life of this.#retries) {
      // What may be stored is not given up: it stays ambiguous.
      if (life.unanswered) continue
      this.#parts.recorder.record({ kind: 'gave-up', lane: life.delivery.lane, seq: life.delivery.seq, atMs: nowMs })
    }
    this.#end(undefined)
  }

  #sleep(nowMs: number): void {
    const { timeoutMs } = this.#parts.plan.delivery
    const oldest = this.#underWay.oldest()
    const deadlineMs = oldest === undefined ? Number.POSITIVE_INFINITY : oldest.dispatchMs + timeoutMs
    const dueMs = Math.min(this.#lanes.peekDueMs(), this.#retries.peekDueMs(), this.#drainEndMs)
    const canSend = this.#mayStart(nowMs) && !this.#isFull()
    const sendMs = canSend ? Math.max(dueMs, this.#backlog.mayStartMs(nowMs)) : Number.POSITIVE_INFINITY
    this.#wakeAt(Math.max(nowMs, Math.min(deadlineMs, sendMs, nowMs + HEARTBEAT_MS)))
  }

  /** A timer that comes sooner does as well: it costs less than a new one for each event. */
  #wakeAt(atMs: number): void {
    if (this.#timer !== undefined && this.#wakeAtMs <= atMs) return
    this.#timer?.cancel()
    this.#wakeAtMs = atMs
    this.#timer = this.#parts.clock.at(atMs + this.#parts.originMs, () => {
      this.#timer = undefined
      this.#pump()
    })
  }

  #markStall(nowMs: number, lateMs: number): void {
    const text = `squall was held up for ${Math.round(lateMs)} ms and is catching up`
    this.#parts.recorder.record({ kind: 'mark', atMs: nowMs, mark: 'stall', text })
  }

  #enter(cursor: LaneCursor): void {
    const dueMs = cursor.peekDueMs()
    if (dueMs !== Number.POSITIVE_INFINITY) this.#lanes.push(dueMs, cursor)
  }

  /** A ledger that cannot be written ends the run: nothing may leave that is not on record. */
  #fail(trouble: unknown): void {
    this.#underWay.abort()
    this.#end(trouble ?? new Error('unknown trouble'))
  }

  #end(trouble: unknown): void {
    if (this.#ended) return
    this.#ended = true
    this.#timer?.cancel()
    const complete = !this.#stopping && trouble === undefined && this.#lanes.size === 0
    this.#parts.onEnd({ complete, atMs: this.nowMs(), trouble })
  }
}
