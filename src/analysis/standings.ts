import { BitSet } from '../model/bit-set.ts'
import type { ErasedMessages } from '../model/deletion.ts'
import { type Delivery, membersOf } from '../model/delivery.ts'
import type { Standings } from '../model/evidence.ts'
import { NAMESPACE_STRIDE } from '../model/message.ts'
import { messageCount, ordinalOf } from '../model/ordinal.ts'
import type { Expectation, MessageRange, Plan } from '../model/plan.ts'
import type { EndedDelivery } from './delivery-records.ts'

const EXAMPLES = 20

/** Which messages must exist, may exist or were refused. First all acks are told, then each delivery with how it ended. */
export class StandingsTally {
  readonly #plan: Plan
  readonly #must: BitSet
  readonly #may: BitSet
  readonly #unwelcome: BitSet
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
    this.#unwelcome = new BitSet(messages)
    this.#refusedSet = new BitSet(messages)
    this.#ackedAtMs = new Float32Array(messages).fill(Number.NaN)
  }

  /** All that a delivery carries is acked with it. */
  acked(delivery: Pick<Delivery, 'phase' | 'index' | 'size'>, atMs: number): void {
    if (this.#expectedOf(delivery) === 'refused') return
    for (const index of membersOf(delivery, this.#plan)) this.#ackedOne(index, atMs)
  }

  #ackedOne(index: number, atMs: number): void {
    const ordinal = ordinalOf(this.#plan, index)
    const firstMs = this.#ackedAtMs[ordinal]!
    this.#must.add(ordinal)
    if (!(firstMs <= atMs)) this.#ackedAtMs[ordinal] = atMs
    if (!Number.isNaN(firstMs)) this.#spanMaxMs = Math.max(this.#spanMaxMs, Math.abs(atMs - firstMs))
  }

  /** Whether each message that a delivery carries was acked, with it or with another. */
  isAcked(delivery: Pick<Delivery, 'index' | 'size'>): boolean {
    return membersOf(delivery, this.#plan).every((index) => this.#must.has(ordinalOf(this.#plan, index)))
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

  #endedOne(index: number, { delivery, end, lastStatus, attempts }: EndedDelivery): void {
    const ordinal = ordinalOf(this.#plan, index)
    this.#may.add(ordinal)
    const expects = this.#expectedOf(delivery)
    if (expects === 'refused') this.#unwelcome.add(ordinal)
    if (expects !== 'accepted') return
    if (end !== 'rejected' || this.#must.has(ordinal) || !this.#refusedSet.add(ordinal)) return
    if (this.#refused.length < EXAMPLES) this.#refused.push({ index, status: lastStatus, attempts })
  }

  /** What may be taken as well as refused must be there once it was taken. */
  #expectedOf({ phase }: Pick<Delivery, 'phase'>): Expectation {
    return this.#plan.phases[phase]?.expects ?? 'accepted'
  }

  /** Deliveries may have been sent of which nobody knows what they carried. */
  anyMayExist(): void {
    for (let ordinal = 0; ordinal < this.#may.size; ordinal++) this.#may.add(ordinal)
    const { phases, traffic } = this.#plan
    for (const { messages } of phases.filter(({ expects }) => expects === 'refused')) {
      for (let namespace = 0; namespace < traffic.namespaces; namespace++) this.#allUnwelcome(messages, namespace)
    }
  }

  #allUnwelcome({ first, count }: MessageRange, namespace: number): void {
    for (let n = first; n < first + count; n++) {
      this.#unwelcome.add(ordinalOf(this.#plan, namespace * NAMESPACE_STRIDE + n))
    }
  }

  /** Longest time between two acks of one message; 0: none had two. */
  get spanMaxMs(): number {
    return this.#spanMaxMs
  }

  /** @param erased messages of people whom the run deletes: nothing that became of them is the receiver's fault */
  standings(erased?: ErasedMessages): Standings {
    if (erased !== undefined) this.#excuse(erased.all)
    const refused = { count: this.#refusedSet.count(), examples: this.#refused }
    for (const { ordinal, atMs } of this.#later) {
      this.#refusedSet.delete(ordinal)
      if (!erased?.all.has(ordinal) && this.#must.add(ordinal)) this.#ackedAtMs[ordinal] = atMs
    }
    return {
      must: this.#must,
      may: this.#may,
      unwelcome: this.#unwelcome,
      refused,
      refusedSet: this.#refusedSet,
      ackedAtMs: this.#ackedAtMs,
      ...(erased && { erased }),
    }
  }

  /** Some of the messages are of people whom the run deletes, and nobody knows which. */
  nothingMustExist(): void {
    for (let ordinal = 0; ordinal < this.#must.size; ordinal++) this.#must.delete(ordinal)
  }

  #excuse(messages: BitSet): void {
    for (const ordinal of messages.firstWithout(new BitSet(messages.size), messages.size)) {
      this.#must.delete(ordinal)
      this.#refusedSet.delete(ordinal)
    }
    const stays = this.#refused.filter(({ index }) => !messages.has(ordinalOf(this.#plan, index)))
    this.#refused.splice(0, this.#refused.length, ...stays)
  }
}
