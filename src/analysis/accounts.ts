import { BitSet } from '../model/bit-set.ts'
import { type Copy, membersOf } from '../model/delivery.ts'
import type { DeliveryEnd } from '../model/delivery-end.ts'
import { messageCount, ordinalOf } from '../model/ordinal.ts'
import { isRefusedPhase, type Plan } from '../model/plan.ts'
import type { Counts } from '../model/report.ts'
import type { EndedDelivery } from './delivery-records.ts'

/** Counts that close: each attempt is told, and each delivery once, with how it ended. */
export class AccountsTally {
  readonly #plan: Plan
  readonly #ends: Record<DeliveryEnd, number> = {
    acked: 0,
    rejected: 0,
    exhausted: 0,
    ambiguous: 0,
    abandoned: 0,
    notSent: 0,
  }
  readonly #copies: Record<Copy, number> = { first: 0, duplicate: 0, replay: 0 }
  readonly #messages: BitSet
  #rejectedAsExpected = 0
  #attempts = 0

  constructor(plan: Plan) {
    this.#plan = plan
    this.#messages = new BitSet(messageCount(plan))
  }

  attempt(): void {
    this.#attempts++
  }

  ended({ delivery, end }: EndedDelivery): void {
    this.#ends[end]++
    this.#copies[delivery.copy]++
    if (end === 'rejected' && isRefusedPhase(this.#plan, delivery.phase)) this.#rejectedAsExpected++
    if (end === 'notSent') return
    for (const index of membersOf(delivery, this.#plan)) this.#messages.add(ordinalOf(this.#plan, index))
  }

  /** Deliveries that were planned and of which nothing is known but that they ended so. */
  unknown(copies: Readonly<Record<Copy, number>>, end: DeliveryEnd): void {
    for (const copy of ['first', 'duplicate', 'replay'] as const) {
      this.#copies[copy] += copies[copy]
      this.#ends[end] += copies[copy]
    }
  }

  counts(): Counts {
    const { acked, rejected, exhausted, ambiguous, abandoned, notSent } = this.#ends
    const sent = acked + rejected + exhausted + ambiguous + abandoned
    return {
      planned: sent + notSent,
      sent,
      notSent,
      acked,
      rejected,
      ...(this.#rejectedAsExpected > 0 && { rejectedAsExpected: this.#rejectedAsExpected }),
      exhausted,
      ambiguous,
      abandoned,
      attempts: this.#attempts,
      messages: this.#messages.count(),
      copies: { ...this.#copies },
    }
  }
}
