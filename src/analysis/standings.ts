import { BitSet } from '../model/bit-set.ts'
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
  #spanMaxMs = 0

  constructor(plan: Plan) {
    const messages = messageCount(plan)
    this.#plan = plan
    this.#must = new BitSet(messages)
    this.#may = new BitSet(messages)
    this.#refusedSet = new BitSet(messages)
    this.#ackedAtMs = new Float32Array(messages).fill(Number.NaN)
  }

  acked(index: number, atMs: number): void {
    const ordinal = ordinalOf(this.#plan, index)
    const firstMs = this.#ackedAtMs[ordinal]!
    this.#must.add(ordinal)
    if (!(firstMs <= atMs)) this.#ackedAtMs[ordinal] = atMs
    if (!Number.isNaN(firstMs)) this.#spanMaxMs = Math.max(this.#spanMaxMs, Math.abs(atMs - firstMs))
  }

  ended({ delivery, end, lastStatus, attempts }: EndedDelivery): void {
    if (end === 'notSent') return
    const ordinal = ordinalOf(this.#plan, delivery.index)
    this.#may.add(ordinal)
    if (end !== 'rejected' || this.#must.has(ordinal) || !this.#refusedSet.add(ordinal)) return
    if (this.#refused.length < EXAMPLES) this.#refused.push({ index: delivery.index, status: lastStatus, attempts })
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
    return {
      must: this.#must,
      may: this.#may,
      refused: { count: this.#refusedSet.count(), examples: this.#refused },
      refusedSet: this.#refusedSet,
      ackedAtMs: this.#ackedAtMs,
    }
  }
}
