import type { AuditFindings } from '../model/audit.ts'
import type { CopyCounts } from '../model/delivery.ts'
import type { UnackedDelivery } from '../model/delivery-end.ts'
import type {
  AnswerObservation,
  AttemptObservation,
  EndObservation,
  MarkObservation,
  Observation,
  SecondOfferObservation,
} from '../model/observation.ts'
import type { Report, Summary } from '../model/report.ts'
import type { ConnectionStats } from '../model/world.ts'
import { AccountsTally } from './accounts.ts'
import { connectionsOf } from './connections.ts'
import { DeliveryRecords, type EndedDelivery } from './delivery-records.ts'
import { GeneratorHealth } from './generator-health.ts'
import { LatencyTally } from './latencies.ts'
import { LimitTally } from './limits.ts'
import { attemptTimes } from './moments.ts'
import { Notes } from './notes.ts'
import { OutcomeTally } from './outcomes.ts'
import { RateWindow } from './rate-window.ts'
import type { LedgerPart, PartWriter, Recorded } from './recorded.ts'
import { recoveryOf } from './recovery.ts'
import { RepeatTally } from './repeats.ts'
import { replayedStandings } from './replayed-standings.ts'
import { RetryTally } from './retries.ts'
import type { RunFacts } from './run-facts.ts'
import { SecondOfferTally } from './second-offers.ts'
import { Series } from './series.ts'
import { StandingsTally } from './standings.ts'

/** A ledger holds a few answers of each kind; of a strange one no more than so many are kept. */
const ANSWERS_MAX = 1000

/** What one file said of its writer. */
interface PartState {
  watermarkMs: number
  end: EndObservation | null
  lastMs: number
  lastSampleMs: number
  /** How much later than the run's time, counted from its start, it truly was. */
  gapMs: number
}

/** All tallies of a run, side by side: every observation is told once, and at the end every delivery. */
export class RunTally {
  readonly #recorded: Recorded
  readonly #records: DeliveryRecords
  readonly #total: AccountsTally
  readonly #phases: readonly AccountsTally[]
  readonly #standings: StandingsTally
  readonly #repeats: RepeatTally
  readonly #latencies: LatencyTally
  readonly #limits: LimitTally
  readonly #secondOffers = new SecondOfferTally()
  readonly #outcomes = new OutcomeTally()
  readonly #retries = new RetryTally()
  readonly #series = new Series()
  readonly #health: GeneratorHealth
  readonly #window: RateWindow
  readonly #notes = new Notes()
  readonly #answers: AnswerObservation[] = []
  readonly #connections: ConnectionStats[] = []
  #findings: AuditFindings | null = null
  #endedAtMs = 0
  #ended = true
  #complete = true
  #signal: RunFacts['signal'] = null
  #strays = 0

  constructor(recorded: Recorded) {
    const { plan, header } = recorded
    this.#recorded = recorded
    this.#records = new DeliveryRecords(plan, sum(header.planned))
    this.#total = new AccountsTally(plan)
    this.#phases = plan.phases.map(() => new AccountsTally(plan))
    this.#standings = new StandingsTally(plan, replayedStandings(plan, header))
    this.#repeats = new RepeatTally(plan, replayedStandings(plan, header)?.must)
    this.#latencies = new LatencyTally(plan.phases.length)
    this.#limits = new LimitTally(header.asks.objectives?.latency ?? [])
    this.#health = new GeneratorHealth(plan.delivery.attemptsPerSecondMax)
    this.#window = new RateWindow(plan)
  }

  read(part: LedgerPart): void {
    const state: PartState = { watermarkMs: Number.NEGATIVE_INFINITY, end: null, lastMs: 0, lastSampleMs: 0, gapMs: 0 }
    const { head, torn } = part(
      (observation) => this.#observe(observation, state),
      (writer) => this.#begin(writer, state),
    )
    const { id, lanes } = head.writer
    if (torn !== null) {
      this.#notes.add(state.lastMs, `the ledger of ${id} is cut at byte ${torn.atByte}: ${torn.why}`)
    }
    if (lanes.length > 0) this.#wrote(id, lanes, state)
  }

  /** Who goes on after a cut speaks for the run's end from then on, and what the store held before is no measure any more. */
  #begin({ resumes }: PartWriter, state: PartState): void {
    if (resumes === undefined) return
    state.gapMs = resumes.gapMs
    state.lastSampleMs = resumes.fromMs
    this.#ended = true
    this.#complete = true
    this.#signal = null
    if (this.#findings !== null && this.#findings.readFromMs < resumes.fromMs + resumes.gapMs) this.#findings = null
  }

  facts(): RunFacts {
    for (const ended of this.#ends()) this.#tellEnd(ended)
    if (this.#recorded.schedule === null) this.#tellUnknown()
    this.#tellOddities()
    const standings = this.#standings.standings()
    const summary = this.#summary()
    return {
      summary,
      standings,
      repeats: this.#repeats.facts(this.#spanMaxMs()),
      limits: this.#limits.facts(this.#health.heldUpMs, summary.generator.timing),
      secondOffers: this.#secondOffers.facts(),
      findings: this.#findings,
      notes: this.#notes.list(),
      answers: this.#shownAnswers(),
      endedAtMs: this.#endedAtMs,
      ended: this.#ended,
      complete: this.#complete,
      signal: this.#signal,
      unacked: () => unacked(this.#ends()),
    }
  }

  #observe(o: Observation, state: PartState): void {
    if (o.kind === 'attempt') this.#attempt(o, state)
    else if (o.kind === 'watermark') state.watermarkMs = Math.max(state.watermarkMs, o.untilMs)
    else if (o.kind === 'audit') this.#findings = o.findings
    else {
      state.lastMs = Math.max(state.lastMs, o.atMs)
      if (o.kind === 'gave-up') this.#records.gaveUp(o.lane, o.seq)
      else if (o.kind === 'mark') this.#mark(o)
      else if (o.kind === 'end') state.end = o
      else if (o.kind === 'answer') this.#answer(o)
      else if (o.kind === 'second-offer') this.#secondOffer(o, state)
      else {
        this.#health.sample(o, o.atMs - state.lastSampleMs)
        state.lastSampleMs = o.atMs
      }
    }
  }

  #attempt(o: AttemptObservation, state: PartState): void {
    if (!this.#records.attempt(o)) {
      this.#strays++
      return
    }
    const times = attemptTimes(this.#recorded.plan, o)
    state.lastMs = Math.max(state.lastMs, times.outcomeMs)
    this.#total.attempt()
    this.#phases[o.phase]!.attempt()
    if (o.next === 'acked') this.#standings.acked(o, times.outcomeMs + state.gapMs)
    this.#outcomes.attempt(o)
    this.#latencies.attempt(o, times)
    this.#limits.attempt(o, times)
    this.#secondOffers.attempt(o)
    this.#retries.attempt(o, times)
    this.#series.attempt(o, times)
    this.#health.attempt(o, times)
    this.#window.attempt(o, times)
    if (o.attempt === 1 && this.#recorded.schedule === null) this.#due(o.dueMs)
  }

  #secondOffer(o: SecondOfferObservation, { gapMs }: PartState): void {
    const delivery = this.#records.refused(o.lane, o.seq)
    if (delivery === undefined) return
    this.#secondOffers.offered(o, delivery.index)
    if (o.meaning === 'accept') this.#standings.acceptedLater(delivery, o.atMs + gapMs)
  }

  #mark(o: MarkObservation): void {
    this.#notes.mark(o)
    if (o.mark === 'stopped' && (o.text === 'SIGINT' || o.text === 'SIGTERM')) this.#signal ??= o.text
  }

  #answer(o: AnswerObservation): void {
    if (this.#answers.length < ANSWERS_MAX) this.#answers.push(o)
  }

  #wrote(id: string, lanes: readonly number[], { watermarkMs, end, lastMs, gapMs }: PartState): void {
    this.#records.wrote(lanes, watermarkMs, end !== null)
    this.#endedAtMs = Math.max(this.#endedAtMs, lastMs + gapMs)
    this.#ended &&= end !== null
    this.#complete &&= end?.complete === true
    if (end?.connections !== undefined) this.#connections.push(end.connections)
    if (end === null) this.#notes.add(lastMs, `${id} was cut off: what it may have sent without a record is ambiguous`)
  }

  #ends(): Iterable<EndedDelivery> {
    return this.#records.ends(this.#recorded.schedule)
  }

  #tellEnd(ended: EndedDelivery): void {
    const { delivery } = ended
    this.#total.ended(ended)
    this.#phases[delivery.phase]!.ended(ended)
    this.#standings.ended(ended)
    this.#repeats.ended(ended)
    if (this.#recorded.schedule !== null) this.#due(delivery.dueMs)
  }

  #due(dueMs: number): void {
    this.#series.due(dueMs)
    this.#window.due(dueMs)
  }

  /** Without a schedule nobody can say when the rest was due: if a writer was cut off, any of it may have been sent. */
  #tellUnknown(): void {
    const planned = this.#recorded.header.planned
    const known = this.#total.counts().copies
    const rest = {
      first: Math.max(0, planned.first - known.first),
      duplicate: Math.max(0, planned.duplicate - known.duplicate),
      replay: Math.max(0, planned.replay - known.replay),
    }
    const open = !this.#records.closed && sum(rest) > 0
    this.#total.unknown(rest, open ? 'ambiguous' : 'notSent')
    if (open) this.#standings.anyMayExist()
    this.#notes.add(0, 'made by another generator: what needs its schedule is told from the attempts on record alone')
  }

  #tellOddities(): void {
    const { header, schedule, plan } = this.#recorded
    const [planned, announced] = [this.#total.counts().planned, sum(header.planned)]
    const laneless = this.#records.lanesWithoutFile
    if (laneless > 0) {
      this.#complete = false
      this.#notes.add(0, `${laneless} of ${plan.lanes} lanes have no ledger file: nothing of them was sent`)
    }
    if (this.#strays > 0) this.#notes.add(0, `${this.#strays} attempts on record are none of the plan’s and left out`)
    if (schedule !== null && planned !== announced) {
      this.#notes.add(0, `the schedule has ${planned} deliveries, and the run's header says ${announced}`)
    }
  }

  #shownAnswers(): Report['answers'] {
    const sorted = this.#answers.toSorted((a, b) => a.atMs - b.atMs || a.lane - b.lane || a.seq - b.seq)
    return sorted.map(({ atMs, lane, seq, attempt, class: outcomeClass, status, text }) => {
      const index = this.#records.indexOf(lane, seq)
      const messageId = index === undefined ? '' : this.#recorded.messageIdAt(index)
      return { atS: Math.round(atMs) / 1000, messageId, attempt, class: outcomeClass, status, text }
    })
  }

  /** Between copies of one message; in a replay at least from the end of the earlier run to the beginning of this one. */
  #spanMaxMs(): number {
    const { startedAtMs, replays } = this.#recorded.header
    return Math.max(this.#standings.spanMaxMs, replays === undefined ? 0 : startedAtMs - replays.endedAtMs)
  }

  #summary(): Summary {
    const { plan } = this.#recorded
    const counts = this.#total.counts()
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
      recovery: recoveryOf(series, generator.timing),
      series,
      phases: plan.phases.map((phase, i) => ({
        name: phase.name,
        fromS: phase.startMs / 1000,
        toS: (phase.startMs + phase.durationMs) / 1000,
        counts: this.#phases[i]!.counts(),
        latencyMs: this.#latencies.phase(i),
      })),
      connections: connectionsOf(this.#connections),
      generator,
    }
  }
}

function* unacked(ends: Iterable<EndedDelivery>): Generator<UnackedDelivery> {
  for (const { delivery, end, lastStatus, attempts } of ends) {
    if (end === 'acked') continue
    const { lane, seq, index, size } = delivery
    yield { lane, seq, index, size, end, lastStatus, attempts }
  }
}

function sum(copies: CopyCounts): number {
  return copies.first + copies.duplicate + copies.replay
}
