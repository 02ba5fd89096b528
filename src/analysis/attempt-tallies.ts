import type { Delivery } from '../model/delivery.ts'
import type { AttemptObservation, SampleObservation, SecondOfferObservation } from '../model/observation.ts'
import { isRefusedPhase } from '../model/plan.ts'
import type { Counts, Summary } from '../model/report.ts'
import type { ConnectionStats } from '../model/world.ts'
import { connectionsOf } from './connections.ts'
import { GeneratorHealth } from './generator-health.ts'
import { LatencyTally } from './latencies.ts'
import { LimitTally } from './limits.ts'
import type { AttemptTimes } from './moments.ts'
import { OutcomeTally } from './outcomes.ts'
import { PaceTally } from './paces.ts'
import { RateWindow } from './rate-window.ts'
import type { Recorded } from './recorded.ts'
import { recoveryOf } from './recovery.ts'
import { RetryTally } from './retries.ts'
import type { RunFacts } from './run-facts.ts'
import { SecondOfferTally } from './second-offers.ts'
import { Series } from './series.ts'
import { StreamPaceTally } from './stream-pace.ts'

/** What attempts tell one by one, whatever became of their deliveries. A new tally of attempts stands here. */
export class AttemptTallies {
  readonly #recorded: Recorded
  readonly #latencies: LatencyTally
  readonly #limits: LimitTally
  readonly #secondOffers = new SecondOfferTally()
  readonly #outcomes = new OutcomeTally()
  readonly #retries = new RetryTally()
  readonly #series = new Series()
  /** Of what a sound receiver takes. */
  readonly #welcome: Series
  readonly #health: GeneratorHealth
  readonly #window: RateWindow
  readonly #paces: PaceTally
  readonly #streamPace: StreamPaceTally | undefined

  constructor(recorded: Recorded) {
    const { plan, header } = recorded
    this.#recorded = recorded
    this.#welcome = plan.phases.some(({ expects }) => expects !== 'accepted') ? new Series() : this.#series
    this.#latencies = new LatencyTally(plan.phases.length)
    this.#limits = new LimitTally(header.asks.objectives?.latency ?? [])
    this.#health = new GeneratorHealth(plan.delivery.attemptsPerSecondMax)
    this.#window = new RateWindow(plan)
    this.#paces = new PaceTally(plan, header)
    this.#streamPace = plan.profile === 'stream' ? new StreamPaceTally() : undefined
  }

  /** @param gapMs how much later than the run's time it truly was */
  attempt(o: AttemptObservation, times: AttemptTimes, gapMs: number): void {
    this.#outcomes.attempt(o)
    this.#latencies.attempt(o, times)
    if (!isRefusedPhase(this.#recorded.plan, o.phase)) this.#welcomeAttempt(o, times)
    this.#retries.attempt(o, times)
    this.#series.attempt(o, times)
    this.#health.attempt(o, times)
    this.#window.attempt(o, times)
    this.#paces.attempt(o, times)
    this.#streamPace?.attempt(o, times, gapMs)
  }

  #welcomeAttempt(o: AttemptObservation, times: AttemptTimes): void {
    this.#limits.attempt(o, times)
    this.#secondOffers.attempt(o)
    if (this.#welcome !== this.#series) this.#welcome.attempt(o, times)
  }

  /** A delivery's first attempt was due then. */
  due(delivery: Pick<Delivery, 'phase' | 'dueMs'>): void {
    const { dueMs } = delivery
    this.#series.due(dueMs)
    this.#paces.due(delivery)
    if (this.#welcome !== this.#series) this.#welcome.due(dueMs)
    this.#window.due(dueMs)
  }

  /** Answers that squall did not wait for, as the plan wants it. */
  get answersLost(): number {
    return this.#outcomes.answersLost
  }

  /** @param index of the message that it carried, of a batch the first */
  offered(o: SecondOfferObservation, index: number): void {
    this.#secondOffers.offered(o, index)
  }

  /** @param sinceLastMs since the same writer's last sample */
  sample(o: SampleObservation, sinceLastMs: number): void {
    this.#health.sample(o, sinceLastMs)
  }

  facts(timing: Summary['generator']['timing']): Pick<RunFacts, 'limits' | 'secondOffers' | 'paces' | 'streamPace'> {
    return {
      limits: this.#limits.facts(this.#health.heldUpMs, timing),
      secondOffers: this.#secondOffers.facts(),
      paces: this.#paces.facts(this.#health.heldUpMs, timing),
      ...(this.#streamPace && { streamPace: this.#streamPace.facts() }),
    }
  }

  /** @param phases of each phase, in the plan's order */
  summary(counts: Counts, phases: readonly Counts[], connections: readonly ConnectionStats[]): Summary {
    const { plan } = this.#recorded
    const ofSent = (n: number): number | null => (counts.sent === 0 ? null : n / counts.sent)
    const series = this.#series.rows(plan)
    const generator = this.#health.summary()
    return {
      counts,
      rate: this.#window.rate(),
      successRatio: { firstAttempt: ofSent(this.#retries.ackedAtOnce), final: ofSent(counts.acked) },
      latencyMs: this.#latencies.summary(),
      classes: this.#outcomes.classes,
      statuses: this.#outcomes.statuses(),
      serverErrorRatio: this.#outcomes.serverErrorRatio(),
      retries: { ...this.#retries.summary(), amplification: ofSent(counts.attempts) },
      recovery: recoveryOf(this.#welcome === this.#series ? series : this.#welcome.rows(plan), generator.timing),
      series,
      phases: plan.phases.map((phase, i) => ({
        name: phase.name,
        fromS: phase.startMs / 1000,
        toS: (phase.startMs + phase.durationMs) / 1000,
        counts: phases[i]!,
        latencyMs: this.#latencies.phase(i),
      })),
      connections: connectionsOf(connections),
      generator,
    }
  }
}
