import type { PhasePlan, Plan } from '../src/model/plan.ts'
import type { RunHeader } from '../src/model/run-header.ts'
import { momentAtMs } from './schedule/pace.ts'

/** When the messages of a run happened, by their number n: the index without its namespace. */
export class Moments {
  private readonly phases: readonly PhasePlan[]
  private readonly startedAtMs: number

  constructor(plan: Plan, header: RunHeader) {
    this.phases = (plan.traffic.timeline ?? plan.phases).filter((phase) => phase.messages.count > 0)
    this.startedAtMs = header.replays?.startedAtMs ?? header.startedAtMs
  }

  /** The place of the phase that is the first to send message n, among those that have messages; the last one for what lies beyond. */
  phaseOf(n: number): number {
    let place = this.phases.length - 1
    while (place > 0 && n < this.phases[place]!.messages.first) place--
    return place
  }

  /**
   * The instant of message n in whole epoch milliseconds: in history where its phase replays history, else `latencyMs` before
   * its delivery is nominally due.
   *
   * @throws RangeError when the plan has no such message
   */
  instantMs(n: number, latencyMs: number): number {
    const phase = this.phases[this.phaseOf(n)]
    const position = n - (phase?.messages.first ?? 0)
    if (phase === undefined || position < 0 || position >= phase.messages.count) {
      throw new RangeError(`the plan has no message ${n}`)
    }
    if (phase.historyMs > 0) {
      const into = (phase.historyMs * (position + 0.5)) / phase.messages.count
      return Math.floor(this.startedAtMs - phase.historyMs + into)
    }
    return Math.floor(this.startedAtMs + phase.startMs + momentAtMs(phase.pace, position)) - latencyMs
  }
}
