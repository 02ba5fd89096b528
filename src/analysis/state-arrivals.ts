import type { Standings } from '../model/evidence.ts'
import { NAMESPACE_STRIDE } from '../model/message.ts'
import { ordinalOf } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'

/** When messages came, as far as their first accepting answer tells. Messages are numbered without their namespace. */
export class Arrivals {
  readonly #plan: Plan
  readonly #ackedAtMs: Standings['ackedAtMs']

  constructor(plan: Plan, { ackedAtMs }: Pick<Standings, 'ackedAtMs'>) {
    this.#plan = plan
    this.#ackedAtMs = ackedAtMs
  }

  /** In milliseconds after the run's start; NaN: no answer says so. */
  ackedAtMs(namespace: number, n: number): number {
    return this.#ackedAtMs[ordinalOf(this.#plan, namespace * NAMESPACE_STRIDE + n)] ?? Number.NaN
  }

  /** The one of the messages that came last in the namespace; undefined where some moment is not known. */
  lastOf(namespace: number, ns: readonly number[]): number | undefined {
    let last: number | undefined
    let lastMs = Number.NEGATIVE_INFINITY
    for (const n of ns) {
      const atMs = this.ackedAtMs(namespace, n)
      if (Number.isNaN(atMs)) return undefined
      if (atMs >= lastMs) {
        last = n
        lastMs = atMs
      }
    }
    return last
  }
}
