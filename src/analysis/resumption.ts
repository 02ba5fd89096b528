import type { Schedule } from '../model/delivery.ts'
import type { AttemptObservation, Observation } from '../model/observation.ts'
import type { Plan, RetryPlan } from '../model/plan.ts'
import type { Resumption, UnfinishedDelivery } from '../model/resumption.ts'
import { DeliveryRecords, type EndedDelivery } from './delivery-records.ts'
import { attemptTimes } from './moments.ts'
import type { LedgerPart } from './recorded.ts'

/** A run's ledger, read for what is left of it. */
export interface CutRun {
  readonly plan: Plan
  readonly planned: number
  readonly schedule: Schedule
  /** In the order in which they were written. */
  readonly parts: Iterable<LedgerPart>
}

/** @returns null: the last writer had nothing more to say, so nothing is left */
export function resumptionOf(run: CutRun): Resumption | null {
  const reading = new CutReading(run)
  for (const part of run.parts) reading.read(part)
  return reading.resumption()
}

/** A retry that is on record and has not been made, as far as the record tells. */
type Waiting = Pick<UnfinishedDelivery, 'firstDispatchMs' | 'delaysMs' | 'freeRetries'> & { readonly retryAtMs: number }

class CutReading {
  readonly #run: CutRun
  readonly #records: DeliveryRecords
  /** By lane, by seq. */
  readonly #waiting: Map<number, Waiting>[]
  #attempts = 0
  #isCut = false

  constructor(run: CutRun) {
    this.#run = run
    this.#records = new DeliveryRecords(run.plan, run.planned)
    this.#waiting = Array.from({ length: run.plan.lanes }, () => new Map())
  }

  read(part: LedgerPart): void {
    let watermarkMs = Number.NEGATIVE_INFINITY
    let ended = false
    const visit = (o: Observation): void => {
      if (o.kind === 'attempt') this.#attempt(o)
      else if (o.kind === 'gave-up') this.#gaveUp(o.lane, o.seq)
      else if (o.kind === 'watermark') watermarkMs = Math.max(watermarkMs, o.untilMs)
      else if (o.kind === 'end') ended = true
    }
    const { head } = part(visit, () => undefined)
    const { lanes, resumes } = head.writer
    if (lanes.length === 0) return
    this.#records.wrote(lanes, watermarkMs, ended)
    this.#isCut = resumes === undefined ? this.#isCut || !ended : !ended
  }

  resumption(): Resumption | null {
    if (!this.#isCut) return null
    const openUntilMs = this.#waiting.map((_, lane) => this.#records.openUntilMs(lane))
    const before = { sent: 0, acked: 0, attempts: this.#attempts }
    const unfinished: UnfinishedDelivery[] = []
    for (const ended of this.#records.ends(this.#run.schedule)) {
      if (ended.end !== 'notSent') before.sent++
      if (ended.end === 'acked') before.acked++
      const left = this.#unfinished(ended, openUntilMs[ended.delivery.lane]!)
      if (left) unfinished.push(left)
    }
    return { fromMs: Math.max(0, ...openUntilMs), openUntilMs, unfinished, before }
  }

  #attempt(o: AttemptObservation): void {
    if (!this.#records.attempt(o)) return
    this.#attempts++
    const waiting = this.#waiting[o.lane]!
    const before = waiting.get(o.seq)
    waiting.delete(o.seq)
    if (o.next !== 'retry') return
    const { dispatchMs, outcomeMs } = attemptTimes(this.#run.plan, o)
    const isFree = usedNoRetry(this.#run.plan.retry, o)
    const delayMs = (o.retryAtMs - outcomeMs) * this.#run.plan.retry.timeScale
    waiting.set(o.seq, {
      firstDispatchMs: before?.firstDispatchMs ?? dispatchMs,
      delaysMs: (before?.delaysMs ?? 0) + (isFree ? 0 : delayMs),
      freeRetries: (before?.freeRetries ?? 0) + (isFree ? 1 : 0),
      retryAtMs: o.retryAtMs,
    })
  }

  #gaveUp(lane: number, seq: number): void {
    this.#records.gaveUp(lane, seq)
    this.#waiting[lane]?.delete(seq)
  }

  /** Undefined: it has ended, or was never sent. */
  #unfinished({ delivery, end, attempts }: EndedDelivery, openUntilMs: number): UnfinishedDelivery | undefined {
    const waiting = this.#waiting[delivery.lane]!.get(delivery.seq)
    if (waiting) return { delivery, attempts, ...waiting, retryAtMs: waitsUntil(waiting, openUntilMs) }
    if (end !== 'ambiguous' || attempts > 0) return undefined
    return { delivery, attempts, firstDispatchMs: delivery.dueMs, delaysMs: 0, freeRetries: 0, retryAtMs: null }
  }
}

/** As the policy had it when the answer came. */
function usedNoRetry({ retryAfterIsFree }: RetryPlan, { status, retryAfterS }: AttemptObservation): boolean {
  return (
    retryAfterS !== undefined && (retryAfterIsFree === 'always' || (retryAfterIsFree === 'on-429' && status === 429))
  )
}

/** Null: it may have been made. */
function waitsUntil({ retryAtMs }: Waiting, openUntilMs: number): number | null {
  return retryAtMs < openUntilMs ? null : retryAtMs
}
