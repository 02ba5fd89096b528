import type { AuditFindings } from '../model/audit.ts'
import type { CopyCounts } from '../model/delivery.ts'
import type { UnackedDelivery } from '../model/delivery-end.ts'
import { mayDelete } from '../model/mix.ts'
import type {
  AttemptObservation,
  EndObservation,
  MarkObservation,
  Observation,
  SecondOfferObservation,
} from '../model/observation.ts'
import type { Summary } from '../model/report.ts'
import { isUnwelcome } from '../model/unwelcome.ts'
import type { ConnectionStats } from '../model/world.ts'
import { AccountsTally } from './accounts.ts'
import { AnswersKept } from './answers-kept.ts'
import { AttemptTallies } from './attempt-tallies.ts'
import { DeletionTally } from './deletions.ts'
import { DeliveryRecords, type EndedDelivery } from './delivery-records.ts'
import { attemptTimes } from './moments.ts'
import { Notes } from './notes.ts'
import { PhaseEndsTally } from './phase-ends.ts'
import type { LedgerPart, PartWriter, Recorded } from './recorded.ts'
import { RepeatTally } from './repeats.ts'
import { replayedStandings } from './replayed-standings.ts'
import type { RunFacts } from './run-facts.ts'
import { StandingsTally } from './standings.ts'
import { WayTally } from './ways.ts'

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
  readonly #phaseEnds: readonly PhaseEndsTally[]
  readonly #attempts: AttemptTallies
  readonly #deletions: DeletionTally | undefined
  readonly #ways: WayTally | undefined
  readonly #notes = new Notes()
  readonly #answers = new AnswersKept()
  readonly #connections: ConnectionStats[] = []
  #findings: AuditFindings | null = null
  #endedAtMs = 0
  #ended = true
  #complete = true
  #signal: RunFacts['signal'] = null
  #strays = 0
  #restartedAtMs: number | undefined

  constructor(recorded: Recorded) {
    const { plan, header } = recorded
    this.#recorded = recorded
    this.#records = new DeliveryRecords(plan, sum(header.planned))
    this.#total = new AccountsTally(plan)
    this.#phases = plan.phases.map(() => new AccountsTally(plan))
    this.#standings = new StandingsTally(plan, replayedStandings(plan, header))
    const before = replayedStandings(plan, header)?.must
    const isOutboxAsked = header.asks.verdicts.includes('no-side-effects')
    this.#ways = isOutboxAsked ? new WayTally(plan, replayedStandings(plan, header)?.may) : undefined
    this.#deletions = recorded.deleted && new DeletionTally(plan, recorded.deleted, before)
    this.#repeats = new RepeatTally(
      plan,
      (delivery) => this.#standings.isAcked(delivery),
      (delivery) => this.#deletions?.concerns(delivery) ?? false,
      before,
    )
    this.#phaseEnds = plan.phases.map(() => new PhaseEndsTally())
    this.#attempts = new AttemptTallies(recorded)
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
    const deletions = this.#deletions?.deletions()
    if (deletions === undefined && mayDelete(this.#recorded.plan.traffic.mix)) this.#standings.nothingMustExist()
    const standings = this.#standings.standings(this.#deletions?.erased())
    const summary = this.#summary()
    return {
      summary,
      standings,
      repeats: this.#repeats.facts(this.#spanMaxMs()),
      phaseEnds: this.#phaseEnds.map((phase) => phase.facts()),
      ...this.#attempts.facts(summary.generator.timing),
      ...(deletions && { deletions }),
      ...(this.#ways && { ways: this.#ways.facts() }),
      findings: this.#findings,
      notes: this.#notes.list(),
      ...(this.#restartedAtMs !== undefined && { restartedAtMs: this.#restartedAtMs }),
      answers: this.#answers.shown(
        (lane, seq) => this.#messageIdOf(lane, seq),
        (lane, seq) => this.#isUnwelcome(lane, seq),
      ),
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
      else if (o.kind === 'mark') this.#mark(o, state)
      else if (o.kind === 'end') state.end = o
      else if (o.kind === 'answer') this.#answers.keep(o)
      else if (o.kind === 'second-offer') this.#secondOffer(o, state)
      else {
        this.#attempts.sample(o, o.atMs - state.lastSampleMs)
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
    this.#phaseEnds[o.phase]!.attempt(o)
    if (o.next === 'acked') this.#standings.acked(o, times.outcomeMs + state.gapMs)
    this.#deletions?.attempt(o, times.dispatchMs + state.gapMs, times.outcomeMs + state.gapMs)
    this.#attempts.attempt(o, times, state.gapMs)
    if (o.attempt === 1 && this.#recorded.schedule === null) this.#attempts.due(o)
  }

  #secondOffer(o: SecondOfferObservation, { gapMs }: PartState): void {
    const delivery = this.#records.refused(o.lane, o.seq)
    if (delivery === undefined) return
    this.#attempts.offered(o, delivery.index)
    if (o.meaning === 'accept') this.#standings.acceptedLater(delivery, o.atMs + gapMs)
  }

  /** Who goes on after a cut marks that as well: it is squall's own restart, not the receiver's. */
  #mark(o: MarkObservation, { gapMs }: PartState): void {
    this.#notes.mark(o)
    if (o.mark === 'restart' && gapMs === 0) this.#restartedAtMs ??= o.atMs
    if (o.mark === 'stopped' && (o.text === 'SIGINT' || o.text === 'SIGTERM')) this.#signal ??= o.text
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
    this.#phaseEnds[delivery.phase]!.ended(ended)
    this.#deletions?.ended(ended)
    this.#ways?.ended(ended)
    if (this.#recorded.schedule !== null) this.#attempts.due(delivery)
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
    const { answersLost } = this.#attempts
    if (answersLost > 0)
      this.#notes.add(
        0,
        `${answersLost} answers were lost on purpose: squall hung up once the request had left, and sent it again`,
      )
    if (this.#strays > 0) this.#notes.add(0, `${this.#strays} attempts on record are none of the plan’s and left out`)
    if (schedule !== null && planned !== announced) {
      this.#notes.add(0, `the schedule has ${planned} deliveries, and the run's header says ${announced}`)
    }
  }

  #messageIdOf(lane: number, seq: number): string {
    const index = this.#records.indexOf(lane, seq)
    return index === undefined ? '' : this.#recorded.messageIdAt(index)
  }

  #isUnwelcome(lane: number, seq: number): boolean {
    const index = this.#records.indexOf(lane, seq)
    return index !== undefined && isUnwelcome(this.#recorded.plan, index)
  }

  /** Between copies of one message; in a replay at least from the end of the earlier run to the beginning of this one. */
  #spanMaxMs(): number {
    const { startedAtMs, replays } = this.#recorded.header
    return Math.max(this.#standings.spanMaxMs, replays === undefined ? 0 : startedAtMs - replays.endedAtMs)
  }

  #summary(): Summary {
    const phases = this.#phases.map((phase) => phase.counts())
    return this.#attempts.summary(this.#total.counts(), phases, this.#connections)
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
