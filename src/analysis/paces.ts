import type { Delivery } from '../model/delivery.ts'
import type { AttemptObservation } from '../model/observation.ts'
import type { PaceFacts } from '../model/pace-facts.ts'
import type { Plan } from '../model/plan.ts'
import type { Summary } from '../model/report.ts'
import type { RunHeader } from '../model/run-header.ts'
import { BesideReplayTally } from './beside-replay.ts'
import type { AttemptTimes } from './moments.ts'
import { PromiseTally } from './retry-promises.ts'
import { SliceTally } from './slices.ts'
import { TakenTally } from './taken.ts'

/** How fast the target was over time, beside a replay, and under the rates that were asked for. */
export class PaceTally {
  readonly #slices: SliceTally
  readonly #besideReplay: BesideReplayTally
  readonly #replay: TakenTally | null
  readonly #declared: TakenTally | null
  readonly #promises: PromiseTally

  constructor(plan: Plan, { asks }: RunHeader) {
    const { declaredPerSecond, objectives } = asks
    const isReplayed = plan.phases.some(({ envelope }) => envelope === 'replay')
    this.#slices = new SliceTally(plan)
    this.#besideReplay = new BesideReplayTally(plan, objectives?.liveLatency ?? objectives?.latency ?? [])
    this.#replay = isReplayed
      ? new TakenTally(plan, ({ envelope }) => envelope === 'replay', Number.POSITIVE_INFINITY)
      : null
    this.#declared = declaredPerSecond === undefined ? null : new TakenTally(plan, () => true, declaredPerSecond)
    this.#promises = new PromiseTally(declaredPerSecond)
  }

  attempt(o: AttemptObservation, times: AttemptTimes): void {
    this.#slices.attempt(o, times)
    this.#besideReplay.attempt(o, times)
    this.#replay?.attempt(o, times)
    this.#declared?.attempt(o, times)
    this.#promises.attempt(o, times)
  }

  due(delivery: Pick<Delivery, 'phase' | 'dueMs'>): void {
    this.#replay?.due(delivery)
    this.#declared?.due(delivery)
  }

  /** @param heldUpMs how long squall stood still in all, at most */
  facts(heldUpMs: number, timing: Summary['generator']['timing']): PaceFacts {
    return {
      slices: this.#slices.facts(),
      besideReplay: this.#besideReplay.facts(heldUpMs, timing),
      replay: this.#replay?.facts() ?? null,
      declared: this.#declared?.facts() ?? null,
      promises: this.#promises.facts(),
    }
  }
}
