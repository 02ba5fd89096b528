import { BitSet } from '../model/bit-set.ts'
import { membersOf } from '../model/delivery.ts'
import type { Ways } from '../model/evidence.ts'
import { messageCount, ordinalOf } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import type { EndedDelivery } from './delivery-records.ts'

/** In which envelopes messages were sent. */
export class WayTally {
  readonly #plan: Plan
  readonly #live: BitSet
  readonly #replayed: BitSet

  /** @param before messages that a run which this one replays had sent */
  constructor(plan: Plan, before: BitSet = new BitSet(messageCount(plan))) {
    this.#plan = plan
    this.#live = before
    this.#replayed = new BitSet(messageCount(plan))
  }

  ended({ end, delivery }: EndedDelivery): void {
    if (end === 'notSent' || this.#plan.phases[delivery.phase]?.expects === 'refused') return
    const way = delivery.copy === 'replay' ? this.#replayed : this.#live
    for (const index of membersOf(delivery, this.#plan)) way.add(ordinalOf(this.#plan, index))
  }

  facts(): Ways {
    return { live: this.#live, replayed: this.#replayed }
  }
}
