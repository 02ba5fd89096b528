import { namespacesOf } from '../../src/model/customers.ts'
import type { Copy, Delivery } from '../../src/model/delivery.ts'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import type { PhasePlan, Plan } from '../../src/model/plan.ts'
import { Batches } from './batches.ts'
import { displacementMaxMs, extraLagMsOf, shuffleMsOf } from './draws.ts'
import { type MomentOf, momentsOf } from './moments.ts'
import type { Stretch } from './stretch.ts'

/** What comes again comes no sooner than this after its message was first due. */
const AGAIN_AFTER_MS = 1000

/** A delivery whose place in its lane is not settled yet. */
export interface PendingDelivery extends Delivery {
  seq: number
}

/** One lane's part of a stretch: every `lanes`-th message, each with all its deliveries here; in batches where the plan has them. */
export class Stream {
  readonly batches: Batches
  readonly #plan: Plan
  readonly #stretch: Stretch
  readonly #lane: number
  readonly #namespaces: readonly number[]
  readonly #phase: PhasePlan
  readonly #momentOf: MomentOf
  readonly #origin: Origin | undefined
  readonly #hasExtras: boolean
  #lastBatch = Number.NaN
  #lastMomentMs = 0

  constructor(plan: Plan, stretch: Stretch, lane: number) {
    const { messages, origin } = stretch
    this.batches = new Batches(plan, lane, messages, origin?.messages)
    this.#plan = plan
    this.#stretch = stretch
    this.#lane = lane
    this.#phase = plan.phases[stretch.phase]!
    this.#hasExtras = this.#phase.copies.duplicateShare + this.#phase.copies.racingShare > 0
    this.#namespaces = namespacesOf(plan, this.#phase)
    this.#momentOf = momentsOf(plan, stretch)
    this.#origin = origin && {
      phase: origin.phase,
      batches: new Batches(plan, lane, origin.messages),
      momentOf: momentsOf(plan, origin),
    }
  }

  /** No delivery of this batch, nor of any later one, is due before this. Infinity beyond the last. */
  floorMs(batch: number): number {
    if (batch > this.batches.last) return Infinity
    const momentMs = this.#momentMs(batch)
    return this.#origin === undefined ? momentMs : later(momentMs, originMomentMs(this.#origin, batch) + AGAIN_AFTER_MS)
  }

  /** No delivery of this batch, nor of any earlier one, is due after this. */
  ceilingMs(batch: number): number {
    const { origin } = this.#stretch
    const originShuffleMs = origin ? this.#plan.phases[origin.phase]!.shuffleMs : 0
    return this.floorMs(batch) + originShuffleMs + displacementMaxMs(this.#phase)
  }

  /** Hands out all deliveries of a batch: in every namespace once, and an extra copy where one is drawn. */
  visit(batch: number, take: (delivery: PendingDelivery) => void): void {
    const { phase, copy, extraCopy } = this.#stretch
    const firstN = this.batches.firstOf(batch)
    const size = this.batches.sizeOf(batch)
    for (let i = 0; i < this.#namespaces.length; i++) {
      const start = this.#namespaces[i]! * NAMESPACE_STRIDE
      const index = start + firstN
      const dueMs = this.#dueMs(batch, start)
      take({ lane: this.#lane, seq: 0, phase, index, size, copy, dueMs })
      const lagMs = this.#hasExtras ? this.#extraLagMs(index) : undefined
      if (lagMs === undefined) continue
      take({ lane: this.#lane, seq: 0, phase, index, size, copy: extraCopy, dueMs: dueMs + lagMs })
    }
  }

  /** Adds its deliveries of each kind to the counts. */
  count(counts: Record<Copy, number>): void {
    const { copy, extraCopy } = this.#stretch
    counts[copy] += this.batches.count * this.#namespaces.length
    if (!this.#hasExtras) return
    for (const namespace of this.#namespaces) {
      const start = namespace * NAMESPACE_STRIDE
      for (let batch = this.batches.first; batch <= this.batches.last; batch += this.batches.step) {
        if (this.#extraLagMs(start + this.batches.firstOf(batch)) !== undefined) counts[extraCopy]++
      }
    }
  }

  #extraLagMs(index: number): number | undefined {
    return extraLagMsOf(this.#plan.seed, index, this.#stretch.phase, this.#phase)
  }

  /** When its last message is due; shuffled by its first one's draw. */
  #dueMs(batch: number, start: number): number {
    const dueMs = this.#momentMs(batch) + this.#shuffleMs(batch, start)
    const origin = this.#origin
    if (origin === undefined) return dueMs
    const originShuffleMs = shuffleMsOf(this.#plan, start + origin.batches.firstOf(batch), origin.phase)
    return later(dueMs, originMomentMs(origin, batch) + originShuffleMs + AGAIN_AFTER_MS)
  }

  #shuffleMs(batch: number, start: number): number {
    if (this.#phase.shuffleMs === 0) return 0
    return shuffleMsOf(this.#plan, start + this.batches.firstOf(batch), this.#stretch.phase)
  }

  /** When its last message is due, before it is shuffled. Asked for twice in a row, as the floor and when the batch is handed out. */
  #momentMs(batch: number): number {
    if (batch !== this.#lastBatch) this.#lastMomentMs = this.#momentOf(this.batches.lastOf(batch))
    this.#lastBatch = batch
    return this.#lastMomentMs
  }
}

/** When the batch came first, before it was shuffled. */
function originMomentMs({ batches, momentOf }: Origin, batch: number): number {
  return momentOf(batches.lastOf(batch))
}

/** The stretch that sends a stream's messages first. */
interface Origin {
  readonly phase: number
  readonly batches: Batches
  readonly momentOf: MomentOf
}

function later(aMs: number, bMs: number): number {
  if (aMs > bMs) return aMs
  return bMs
}
