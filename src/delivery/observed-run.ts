import type { AttemptObservation, Observation } from '../model/observation.ts'
import type { Plan } from '../model/plan.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { asPlanned } from './as-planned.ts'
import { LiveView } from './live-view.ts'

/** What is watched: a run that another process plays and tells of. */
export interface WatchedRun {
  readonly plan: Plan
  /** Deliveries. */
  readonly planned: number
  /** The last due moment. */
  readonly endMs: number
}

/** A run as its observations tell it, a moment after they were made: for people who watch. What is under way is known once a second. */
export class ObservedRun {
  readonly #run: WatchedRun
  readonly #view: LiveView
  #stopped = false
  #retriesWaiting = 0
  #inFlight = 0
  #overdue = 0

  constructor(run: WatchedRun) {
    this.#run = run
    this.#view = new LiveView(run.plan)
  }

  observe(o: Observation): void {
    if (o.kind === 'attempt') this.#attempt(o)
    else if (o.kind === 'gave-up') this.#retriesWaiting--
    else if (o.kind === 'mark') this.#stopped ||= o.mark === 'stopped'
    else if (o.kind === 'sample') {
      this.#inFlight = o.inFlight
      this.#overdue = o.overdue
    }
  }

  /** @param atMs since the run's start */
  snapshot(atMs: number): Snapshot {
    const { plan, planned, endMs } = this.#run
    return {
      ...this.#view.take(Math.max(0, atMs)),
      ...asPlanned(plan, atMs),
      stage: this.#stage(atMs),
      planned,
      endMs,
      retriesWaiting: this.#retriesWaiting,
      inFlight: this.#inFlight,
      overdue: this.#overdue,
    }
  }

  #stage(atMs: number): Snapshot['stage'] {
    if (atMs < 0) return 'warming'
    return this.#stopped || (atMs > this.#run.endMs && this.#overdue === 0) ? 'draining' : 'sending'
  }

  #attempt(o: AttemptObservation): void {
    this.#view.dispatched(o.attempt)
    this.#view.ended(o)
    if (o.attempt > 1) this.#retriesWaiting--
    if (o.next === 'retry') this.#retriesWaiting++
  }
}
