import { unit } from '../../model/hash.ts'
import type { Outcome } from '../../model/outcome.ts'
import type { Attempt, Clock, Timer, Transport } from '../../model/world.ts'
import { BATCH_BYTES_AROUND, batchRequest } from './batch-request.ts'
import type { ForwardAccount } from './forward-account.ts'
import { FORWARD_LIMITS as LIMITS, pauseMs, standingAfter } from './forward-rules.ts'

export interface ForwarderOptions {
  readonly clock: Clock
  /** Leads to the API's /v1/batch. */
  readonly transport: Transport
  /** Value of the header. */
  readonly authorization: string
  /** Where the chance of pauses begins. */
  readonly seed: number
  /** Told of each accepted event how long that took since it was handed over. */
  onAccepted(tookMs: number): void
}

interface WaitingEvent {
  readonly bytes: Uint8Array
  readonly sinceMs: number
}

interface Batch {
  readonly events: readonly WaitingEvent[]
  attempts: number
  /** Some attempt of it may have been taken. */
  uncertain: boolean
}

interface UnderWay {
  readonly attempt: Attempt
  readonly deadline: Timer
}

/**
 * Sends events to the HTTP Tracking API in small batches, at most 50 requests a second with retries. After a failure nothing is sent for a while, longer each
 * time, so an API in trouble is left alone and no event loses its retries to that. Handing over is cheap and never fails: what finds no room is counted.
 */
export class Forwarder {
  readonly #options: ForwarderOptions
  readonly #fresh: WaitingEvent[] = []
  readonly #again: Batch[] = []
  readonly #underWay = new Map<Batch, UnderWay>()
  readonly #ends = { made: 0, accepted: 0, refused: 0, givenUp: 0, uncertain: 0, notSent: 0 }
  #waiting = 0
  #waitingBytes = 0
  #notBeforeMs = Number.NEGATIVE_INFINITY
  #failures = 0
  #timer: Timer | undefined
  #open = true
  #emptied: () => void = () => {}

  constructor(options: ForwarderOptions) {
    this.#options = options
  }

  get account(): ForwardAccount {
    return { ...this.#ends, waiting: this.#waiting }
  }

  /** Hands over one event. It leaves later: the caller waits for nothing. */
  take(bytes: Uint8Array): void {
    this.#ends.made++
    if (!this.#open || bytes.length > LIMITS.eventBytes || this.#waitingBytes + bytes.length > LIMITS.waitingBytes) {
      this.#ends.notSent++
      return
    }
    this.#waiting++
    this.#waitingBytes += bytes.length
    this.#fresh.push({ bytes, sinceMs: this.#options.clock.nowMs() })
    this.#plan()
  }

  /** Takes no more, waits so long for what is under way, and gives up the rest. */
  async close(withinMs: number): Promise<void> {
    const { clock } = this.#options
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#open = false
    this.#emptied = resolve
    if (this.#waiting === 0) return
    const deadline = clock.at(clock.nowMs() + withinMs, resolve)
    await promise
    deadline.cancel()
    this.#timer?.cancel()
    this.#giveUp()
  }

  #giveUp(): void {
    for (const [batch, { attempt, deadline }] of this.#underWay) {
      deadline.cancel()
      this.#tried(batch, attempt.abort())
      this.#again.push(batch)
    }
    this.#underWay.clear()
    for (const batch of this.#again.splice(0)) this.#end(batch, 'givenUp')
    this.#end({ events: this.#fresh.splice(0), attempts: 0, uncertain: false }, 'givenUp')
  }

  /** Sees to it that the next batch leaves as soon as it may. */
  #plan(): void {
    if (this.#timer !== undefined || this.#underWay.size >= LIMITS.underWay) return
    if (this.#again.length === 0 && this.#fresh.length === 0) return
    const { clock } = this.#options
    this.#timer = clock.at(Math.max(clock.nowMs(), this.#notBeforeMs), () => {
      this.#timer = undefined
      // Meanwhile another answer may have asked for a longer pause.
      if (clock.nowMs() >= this.#notBeforeMs) this.#send(this.#again.shift() ?? this.#newBatch())
      this.#plan()
    })
  }

  #newBatch(): Batch {
    let bytes = BATCH_BYTES_AROUND
    let count = 0
    for (const event of this.#fresh) {
      bytes += event.bytes.length + 1
      if (bytes > LIMITS.batchBytes || count === LIMITS.eventsPerBatch) break
      count++
    }
    return { events: this.#fresh.splice(0, count), attempts: 0, uncertain: false }
  }

  #send(batch: Batch): void {
    const { clock, transport, authorization } = this.#options
    const nowMs = clock.nowMs()
    this.#notBeforeMs = nowMs + LIMITS.spacingMs
    const bodies = batch.events.map(({ bytes }) => bytes)
    const request = batchRequest(bodies, authorization, batch.attempts, clock.wallMs())
    const attempt = transport.send(request, (outcome) => {
      deadline.cancel()
      this.#ended(batch, outcome)
    })
    const deadline = clock.at(nowMs + LIMITS.timeoutMs, () => this.#ended(batch, attempt.abort()))
    this.#underWay.set(batch, { attempt, deadline })
  }

  #ended(batch: Batch, outcome: Outcome): void {
    this.#underWay.delete(batch)
    this.#tried(batch, outcome)
    const standing = standingAfter(outcome)
    if (standing === 'again') this.#pause(outcome, batch)
    else this.#failures = 0
    if (standing !== 'again') this.#end(batch, standing)
    else if (batch.attempts > LIMITS.retries) this.#end(batch, 'givenUp')
    else this.#again.push(batch)
    this.#plan()
  }

  #tried(batch: Batch, outcome: Outcome): void {
    batch.attempts++
    batch.uncertain ||= outcome.ambiguous
  }

  #pause(outcome: Outcome, { attempts }: Batch): void {
    this.#failures++
    const { clock, seed } = this.#options
    const draw = unit(seed, this.#failures, attempts, this.#ends.accepted)
    this.#notBeforeMs = Math.max(this.#notBeforeMs, clock.nowMs() + pauseMs(this.#failures, outcome, draw))
  }

  #end({ events, uncertain }: Batch, end: 'accepted' | 'refused' | 'givenUp'): void {
    const nowMs = this.#options.clock.nowMs()
    this.#ends[end] += events.length
    if (end === 'givenUp' && uncertain) this.#ends.uncertain += events.length
    for (const { bytes, sinceMs } of events) {
      this.#waiting--
      this.#waitingBytes -= bytes.length
      if (end === 'accepted') this.#options.onAccepted(nowMs - sinceMs)
    }
    if (this.#waiting === 0) this.#emptied()
  }
}
