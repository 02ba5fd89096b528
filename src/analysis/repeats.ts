import { BitSet } from '../model/bit-set.ts'
import { type Delivery, membersOf } from '../model/delivery.ts'
import type { RepeatFacts } from '../model/evidence.ts'
import { messageCount, ordinalOf } from '../model/ordinal.ts'
import { isRefusedPhase, type Plan } from '../model/plan.ts'
import type { EndedDelivery } from './delivery-records.ts'

const EXAMPLES = 20

/**
 * What became of deliveries all of whose messages earlier or simultaneous deliveries carried. Told lane by lane, in order of due moment, once all
 * acks are known.
 */
export class RepeatTally {
  readonly #plan: Plan
  readonly #carried: BitSet
  readonly #refused: RepeatFacts['refused']['examples'][number][] = []
  readonly #isAcked: (delivery: Delivery) => boolean
  readonly #excused: (delivery: Delivery) => boolean
  #refusedCount = 0
  #sent = 0
  #acked = 0

  /**
   * @param isAcked whether all that a delivery carries was acked once, with whichever delivery. Who never took a message does not refuse its repetition.
   * @param excused deliveries that may be refused
   * @param carried messages that were acked in a run that this one replays
   */
  constructor(
    plan: Plan,
    isAcked: (delivery: Delivery) => boolean,
    excused: (delivery: Delivery) => boolean,
    carried: BitSet = new BitSet(messageCount(plan)),
  ) {
    this.#plan = plan
    this.#isAcked = isAcked
    this.#excused = excused
    this.#carried = carried
  }

  ended(ended: EndedDelivery): void {
    if (isRefusedPhase(this.#plan, ended.delivery.phase)) return
    if (ended.end === 'notSent' || this.#bringsNew(ended.delivery)) return
    this.#sent++
    if (ended.end === 'acked') this.#acked++
    if (!isRefused(ended) || !this.#isAcked(ended.delivery) || this.#excused(ended.delivery)) return
    this.#refusedCount++
    if (this.#refused.length < EXAMPLES) {
      this.#refused.push({ index: ended.delivery.index, status: ended.lastStatus })
    }
  }

  #bringsNew(delivery: Delivery): boolean {
    let isNew = false
    for (const index of membersOf(delivery, this.#plan)) {
      if (this.#carried.add(ordinalOf(this.#plan, index))) isNew = true
    }
    return isNew
  }

  facts(spanMaxMs: number): RepeatFacts {
    const refused = { count: this.#refusedCount, examples: this.#refused }
    return { sent: this.#sent, acked: this.#acked, refused, spanMaxMs }
  }
}

/** By a status of its own choice: overload, trouble of the server and silence are not about the repetition. */
function isRefused({ end, lastStatus }: EndedDelivery): boolean {
  const excused = lastStatus === 429 || lastStatus >= 500 || lastStatus === 0
  return end === 'rejected' || (end === 'exhausted' && !excused)
}
