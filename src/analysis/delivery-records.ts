import { type Delivery, membersOf, type Schedule } from '../model/delivery.ts'
import type { DeliveryEnd } from '../model/delivery-end.ts'
import type { AttemptObservation } from '../model/observation.ts'
import { ordinalOf } from '../model/ordinal.ts'
import { attemptsMax, type Plan } from '../model/plan.ts'
import { LaneRecords } from './lane-records.ts'

/** A planned delivery and what became of it. Without a schedule its `dueMs` is NaN. */
export interface EndedDelivery {
  readonly delivery: Delivery
  readonly end: DeliveryEnd
  /** Of its last attempt on record; 0: none. */
  readonly lastStatus: number
  readonly attempts: number
}

/** What all ledger files of a run say of each delivery. */
export class DeliveryRecords {
  readonly #plan: Plan
  readonly #planned: number
  readonly #lanes: LaneRecords[]
  /** By lane: whatever was due before may have been sent without a trace. −Infinity: nothing. NaN: no file speaks for the lane. */
  readonly #openUntilMs: Float64Array

  constructor(plan: Plan, planned: number) {
    this.#plan = plan
    this.#planned = planned
    this.#lanes = Array.from({ length: plan.lanes }, () => new LaneRecords())
    this.#openUntilMs = new Float64Array(plan.lanes).fill(Number.NaN)
  }

  /** @returns whether the plan can have such a delivery; if not, nothing was taken */
  attempt(o: AttemptObservation): boolean {
    const lane = this.#isPlanned(o) ? this.#lanes[o.lane] : undefined
    lane?.attempt(o)
    return lane !== undefined
  }

  gaveUp(lane: number, seq: number): void {
    this.#lanes[lane]?.gaveUp(seq)
  }

  /**
   * A writer's file was read to its end.
   * @param watermarkMs the last one on record; −Infinity: none
   * @param ended the writer had nothing more to say
   */
  wrote(lanes: readonly number[], watermarkMs: number, ended: boolean): void {
    const openUntilMs = ended ? Number.NEGATIVE_INFINITY : watermarkMs
    for (const lane of lanes) {
      const before = this.#openUntilMs[lane] ?? 0
      this.#openUntilMs[lane] = Number.isNaN(before) ? openUntilMs : Math.max(before, openUntilMs)
    }
  }

  /** Whatever of the lane was due before may have been sent without a trace; −Infinity: nothing. */
  openUntilMs(lane: number): number {
    const openUntilMs = this.#openUntilMs[lane] ?? Number.NaN
    return Number.isNaN(openUntilMs) ? Number.NEGATIVE_INFINITY : openUntilMs
  }

  /** Lanes for which no file speaks: nothing of them was sent, since a writer writes its file's head before it sends. */
  get lanesWithoutFile(): number {
    return this.#openUntilMs.filter(Number.isNaN).length
  }

  /** Every writer that began has ended. */
  get closed(): boolean {
    return this.#openUntilMs.every((ms) => Number.isNaN(ms) || ms === Number.NEGATIVE_INFINITY)
  }

  /** The message that a delivery carried, if an attempt of it is on record. */
  indexOf(lane: number, seq: number): number | undefined {
    const records = this.#lanes[lane]
    return records?.has(seq) === true ? records.index(seq) : undefined
  }

  /** What a delivery carried that a status ended; undefined: none is on record there. */
  refused(lane: number, seq: number): Pick<Delivery, 'index' | 'size'> | undefined {
    const records = this.#lanes[lane]
    return records?.isRejected(seq) ? { index: records.index(seq), size: records.messages(seq) } : undefined
  }

  /** Lane after lane, in order of due moment. Without a schedule: those of which an attempt is on record. */
  *ends(schedule: Schedule | null): Generator<EndedDelivery> {
    for (let lane = 0; lane < this.#lanes.length; lane++) {
      const records = this.#lanes[lane]!
      const openUntilMs = this.#openUntilMs[lane]!
      for (const delivery of schedule === null ? recorded(lane, records) : planned(schedule, lane)) {
        const { seq } = delivery
        const end = records.end(seq, delivery.dueMs, openUntilMs)
        yield { delivery, end, lastStatus: records.lastStatus(seq), attempts: records.attempts(seq) }
      }
    }
  }

  #isPlanned(o: AttemptObservation): boolean {
    const { phases, retry } = this.#plan
    const inRange = o.seq < this.#planned && o.phase < phases.length && o.attempt <= attemptsMax(retry)
    return inRange && membersOf(o, this.#plan).every((index) => ordinalOf(this.#plan, index) >= 0)
  }
}

function* planned(schedule: Schedule, lane: number): Generator<Delivery> {
  const cursor = schedule.lane(lane)
  while (cursor.peekDueMs() !== Number.POSITIVE_INFINITY) yield cursor.next()
}

function* recorded(lane: number, records: LaneRecords): Generator<Delivery> {
  for (let seq = 0; seq < records.size; seq++) {
    if (!records.has(seq)) continue
    const carried = { index: records.index(seq), size: records.messages(seq), copy: records.copy(seq) }
    yield { lane, seq, phase: records.phase(seq), ...carried, dueMs: Number.NaN }
  }
}
