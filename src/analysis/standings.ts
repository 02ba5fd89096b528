import { BitSet } from '../model/bit-set.ts'
import { type Delivery, membersOf } from '../model/delivery.ts'
import type { Standings } from '../model/evidence.ts'
import { messageCount, ordinalOf } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import type { EndedDelivery } from './delivery-records.ts'

const EXAMPLES = 20

/** Which messages must exist, may exist or were refused. First all acks are told, then each delivery with how it ended. */
export class StandingsTally {
  readonly #plan: Plan
  readonly #must: BitSet
  readonly #may: BitSet
  readonly #refusedSet: BitSet
  readonly #refused: Standings['refused']['examples'][number][] = []
  readonly #ackedAtMs: Float32Array
  readonly #later: { readonly ordinal: number; readonly atMs: number }[] = []
  #spanMaxMs = 0

  /** @param earlier what a run that this one replays had sent and what was acked of it */
  constructor(plan: Plan, earlier?: Pick<Standings, 'must' | 'may'>) {
    const messages = messageCount(plan)
    this.#plan = plan
    this.#must = earlier?.must ?? new BitSet(messages)
    this.#may = earlier?.may ?? new BitSet(messages)
    this.#refusedSet = new BitSet(messages)
    this.#ackedAtMs = new Float32Array(messages).fill(Number.NaN)
  }

  /** All that a delivery carries is acked with it. */
  acked(delivery: Pick<Delivery, 'index' | 'size'>, atMs: number): void {
    for (const index of membersOf(delivery, this.#plan)) this.#ackedOne(index, atMs)
  }

  #ackedOne(index: number, atMs: number): void {
    const ordinal = ordinalOf(this.#plan, index)
    const firstMs = this.#ackedAtMs[ordinal]!
    this.#must.add(ordinal)
    if (!(firstMs <= atMs)) this.#ackedAtMs[ordinal] = atMs
    if (!Number.isNaN(firstMs)) this.#spanMaxMs = Math.max(this.#spanMaxMs, Math.abs(atMs - firstMs))
  }

  /** What a second offer brought in must exist; that it had been refused stays true. */
  acceptedLater(delivery: Pick<Delivery, 'index' | 'size'>, atMs: number): void {
    for (const index of membersOf(delivery, this.#plan))
      this.#later.push({ ordinal: ordinalOf(this.#plan, index), atMs })
  }

  ended(ended: EndedDelivery): void {
    if (ended.end === 'notSent') return
    for (const index of membersOf(ended.delivery, this.#plan)) this.#endedOne(index, ended)
  }

  #endedOne(index: number, { end, lastStatus, attempts }: EndedDelivery): void {
    const ordinal = ordinalOf(this.#plan, index)
    this.#may.add(ordinal)
    if (end !== 'rejected' || this.#must.has(ordinal) || !this.#refusedSet.add(ordinal)) return
    if (this.#refused.length < EXAMPLES) this.#refused.push({ index, status: lastStatus, attempts })
  }

  /** Deliveries may have been sent of which nobody knows what they carried. */
  anyMayExist(): void {
    for (let ordinal = 0; ordinal < this.#may.size; ordinal++) this.#may.add(ordinal)
  }

  /** Longest time between two acks of one message; 0: none had two. */
  get spanMaxMs(): number {
    return this.#spanMaxMs
  }

  standings(): Standings {
    const refused = { count: this.#refusedSet.count(), examples: this.#refused }
    for (const { ordinal, atMs } of this.#later) {
      this.#refusedSet.delete(ordinal)
      if (this.#must.add(ordinal)) this.#ackedAtMs[ordinal] = atMs
    }
    return {
      must: this.#must,
      may: this.#may,
      refused,
      refusedSet: this.#refusedSet,
      ackedAtMs: this.#ackedAtMs,
    }
  }
}
