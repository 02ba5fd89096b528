import type { Delivery } from '../../src/model/delivery.ts'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import type { PhasePlan, Plan } from '../../src/model/plan.ts'
import { displacementMaxMs, extraLagMsOf, shuffleMsOf } from './draws.ts'
import { type MomentOf, momentsOf } from './moments.ts'
import type { Stretch } from './stretch.ts'

/** What comes again comes no sooner than this after its message was first due. */
const AGAIN_AFTER_MS = 1000

/** A delivery whose place in its lane is not settled yet. */
export interface PendingDelivery extends Delivery {
  seq: number
}

/** One lane's part of a stretch: every `lanes`-th message, each with all its deliveries here. */
export class Stream {
  /** The lane's first message here, the last one, and the distance between two, all without namespace. None: last < first. */
  readonly firstN: number
  readonly lastN: number
  readonly step: number
  readonly #plan: Plan
  readonly #stretch: Stretch
  readonly #lane: number
  readonly #phase: PhasePlan
  readonly #momentOf: MomentOf
  readonly #originMomentOf: MomentOf | undefined

  constructor(plan: Plan, stretch: Stretch, lane: number) {
    const { first, count } = stretch.messages
    this.firstN = first + ((lane - (first % plan.lanes) + plan.lanes) % plan.lanes)
    this.lastN = this.firstN + Math.floor((first + count - 1 - this.firstN) / plan.lanes) * plan.lanes
    this.step = plan.lanes
    this.#plan = plan
    this.#stretch = stretch
    this.#lane = lane
    this.#phase = plan.phases[stretch.phase]!
    this.#momentOf = momentsOf(plan, stretch)
    this.#originMomentOf = stretch.origin && momentsOf(plan, stretch.origin)
  }

  /** No delivery of message `n`, nor of any later one, is due before this. Infinity beyond the last. */
  floorMs(n: number): number {
    if (n > this.lastN) return Infinity
    return later(this.#momentOf(n), (this.#originMomentOf?.(n) ?? -Infinity) + AGAIN_AFTER_MS)
  }

  /** No delivery of message `n`, nor of any earlier one, is due after this. */
  ceilingMs(n: number): number {
    const { origin } = this.#stretch
    const originShuffleMs = origin ? this.#plan.phases[origin.phase]!.shuffleMs : 0
    return this.floorMs(n) + originShuffleMs + displacementMaxMs(this.#phase)
  }

  /** Hands out all deliveries of message `n`: in every namespace once, and an extra copy where one is drawn. */
  visit(n: number, take: (delivery: PendingDelivery) => void): void {
    const { seed, traffic } = this.#plan
    const { phase, copy, extraCopy } = this.#stretch
    for (let namespace = 0; namespace < traffic.namespaces; namespace++) {
      const index = namespace * NAMESPACE_STRIDE + n
      const dueMs = this.#dueMs(n, index)
      take({ lane: this.#lane, seq: 0, phase, index, copy, dueMs })
      const lagMs = extraLagMsOf(seed, index, phase, this.#phase)
      if (lagMs !== undefined) take({ lane: this.#lane, seq: 0, phase, index, copy: extraCopy, dueMs: dueMs + lagMs })
    }
  }

  #dueMs(n: number, index: number): number {
    const { seed, phases } = this.#plan
    const { phase, origin } = this.#stretch
    const dueMs = this.#momentOf(n) + shuffleMsOf(seed, index, phase, this.#phase)
    if (!origin || !this.#originMomentOf) return dueMs
    const firstDueMs = this.#originMomentOf(n) + shuffleMsOf(seed, index, origin.phase, phases[origin.phase]!)
    return later(dueMs, firstDueMs + AGAIN_AFTER_MS)
  }
}

function later(aMs: number, bMs: number): number {
  if (aMs > bMs) return aMs
  return bMs
}
