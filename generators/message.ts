import { type CallType, type Envelope, type Message, NAMESPACE_STRIDE, type Traffic } from '../src/model/message.ts'
import type { Plan } from '../src/model/plan.ts'
import { phasesBesideReplay, replayedCount } from '../src/model/replayed-messages.ts'
import type { RunHeader } from '../src/model/run-header.ts'
import { Blocks, type Slot } from './blocks.ts'
import { ByteWriter } from './byte-writer.ts'
import { stream } from './clients/stream.ts'
import type { Corpus } from './corpus.ts'
import { cycleOf } from './cycle.ts'
import { clockAheadMs } from './device-clock.ts'
import { DRAW } from './draws.ts'
import { type EventTimes, VisitEnvelope, type Wrapping } from './envelope.ts'
import { FlawedTraffic, hasFlaws } from './flaws/flawed-traffic.ts'
import { habitsOf, offlineMs } from './habits.ts'
import { Identifiers } from './identifiers.ts'
import { JoinedTraffic } from './joined-traffic.ts'
import { Memo } from './memo.ts'
import { type MessageIdForm, MessageIds } from './message-id.ts'
import { type Habits, Moments } from './moments.ts'
import { poolsOf } from './pools.ts'
import { StreamEnvelope, streamContextOf } from './stream-envelope.ts'
import { ownJourneys } from './template/own-journey.ts'
import { TrafficMessage } from './traffic-message.ts'
import { type Fragment, fragmentOf } from './utf8.ts'
import { type Cast, drawClient, drawVisit, type Visit } from './visit/visit.ts'
import { VisitDraws } from './visit/visit-draws.ts'

/** What of a run's header its messages hang on. */
export type RunMark = Pick<RunHeader, 'id' | 'startedAtMs' | 'replays'>

/** The messages of one run: what `messageAt` returns hangs on corpus, plan, header and index alone. */
export function trafficOf(corpus: Corpus, plan: Plan, header: RunMark): Traffic {
  const all = withFlaws(new RunTraffic(corpus, plan, header), plan)
  const phases = phasesBesideReplay(plan)
  if (phases.length === 0) return all
  const { timeline: _, ...traffic } = plan.traffic
  const { replays: __, ...ownHeader } = header
  const replayed = replayedCount(plan)
  const ownPhases = phases.map((phase) => ({
    ...phase,
    messages: { ...phase.messages, first: phase.messages.first - replayed },
  }))
  const ownPlan = { ...plan, traffic, phases: ownPhases }
  const own = withFlaws(new RunTraffic(corpus, ownPlan, ownHeader), ownPlan)
  return new JoinedTraffic(all, own, replayed)
}

function withFlaws(traffic: Traffic, plan: Plan): Traffic {
  const phases = plan.traffic.timeline ?? plan.phases
  return phases.some(hasFlaws) ? new FlawedTraffic(traffic, plan) : traffic
}

class RunTraffic implements Traffic {
  readonly userIdPrefixes: readonly string[]
  private readonly seed: number
  private readonly squall: Fragment
  /** How a Stream partner's events begin; undefined: they come from Segment. */
  private readonly streamContext: Fragment | undefined
  private readonly ids: MessageIds
  private readonly moments: Moments
  private readonly blocks: Blocks
  private readonly cast: Cast
  /** Whether the same message of two namespaces has one id. */
  private readonly collides: boolean
  private readonly writer: ByteWriter = new ByteWriter()
  /** Of messages that are only lent: its memory is used again for each. */
  private readonly lender: ByteWriter = new ByteWriter()
  /** What visits keep lies apart, so that the memory of events is free when they are. */
  private readonly visitWriter: ByteWriter = new ByteWriter()
  private readonly memo: Memo<Scene> = new Memo()

  constructor(corpus: Corpus, plan: Plan, header: RunMark) {
    const runId = header.replays?.runId ?? header.id
    const identifiers = new Identifiers(runId)
    this.userIdPrefixes = [identifiers.userIdPrefix]
    this.seed = plan.seed
    const squall = `"squall":{"run":"${runId}","synthetic":true}`
    this.squall = fragmentOf(squall)
    this.streamContext = plan.stream && streamContextOf(plan.stream, squall)
    this.ids = new MessageIds(runId)
    const cycle = cycleOf(plan.traffic.mix, ownJourneys(plan.traffic.templates ?? [], corpus))
    this.moments = new Moments(plan, header, cycle.length)
    this.blocks = new Blocks(plan.seed, cycle, this.moments.spans)
    this.collides = plan.traffic.customers?.collide ?? false
    this.cast = { pools: poolsOf(corpus), identifiers, ...(plan.stream && { client: stream }) }
  }

  messageAt(index: number, envelope: Envelope): Message {
    return this.written(this.writer, index, envelope)
  }

  lentAt(index: number, envelope: Envelope): Message {
    this.lender.rewind()
    return this.written(this.lender, index, envelope)
  }

  private written(writer: ByteWriter, index: number, envelope: Envelope): Message {
    const { namespace, slot } = this.locate(index)
    const scene = this.sceneOf(namespace, slot)
    const { visit } = scene
    const step = visit.journey.steps[slot.step]!
    const known = slot.step >= visit.journey.knownFrom
    const times = this.timesOf(slot, scene)
    const wrapping = this.wrappingOf(scene)
    writer.begin()
    wrapping.writeOpening(writer, step, known)
    step.call.write(writer, visit, step)
    wrapping.writeClosing(writer, step.call.type, envelope, this.ids, this.numberOf(index), times, known)
    return new TrafficMessage(this, index, step.call.type, writer.end())
  }

  timestampMsAt(index: number): number {
    const { slot } = this.locate(index)
    const habits = this.habitsOf(slot, this.drawsOf(slot))
    return this.moments.instantMs(slot, habits, this.startMs(slot, habits))
  }

  messageIdAt(index: number): string {
    const { form, atMs } = this.idStyleAt(index)
    return this.ids.encode(this.numberOf(index), form, atMs)
  }

  typeAt(index: number): CallType {
    const { journey, step } = this.locate(index).slot
    return journey.steps[step]!.call.type
  }

  flawAt(): string {
    return ''
  }

  userAt(index: number): number {
    return this.blocks.userOf(this.locate(index).slot)
  }

  indexOf(messageId: string, namespace = 0): number | undefined {
    const number = this.ids.decode(messageId)
    if (number === undefined) return undefined
    const index = this.collides ? namespace * NAMESPACE_STRIDE + number : number
    if (!this.has(index)) return undefined
    const { form, atMs } = this.idStyleAt(index)
    return this.ids.isFormed(messageId, form, atMs) ? index : undefined
  }

  /** How its library writes the messageId, and the instant that it may put into it. An audit asks once for each message: no visit is drawn for it. */
  private idStyleAt(index: number): { form: MessageIdForm; atMs: number } {
    const { slot } = this.locate(index)
    const draws = this.drawsOf(slot)
    const client = drawClient(this.cast, slot.journey, draws)
    const habits = this.habitsOf(slot, draws)
    const form = slot.journey.steps[slot.step]!.call.type === 'delete' ? 'delete' : client.messageIds
    const atMs = this.moments.instantMs(slot, habits, this.startMs(slot, habits))
    return { form, atMs: atMs + clockAheadMs(draws, client) }
  }

  /** What its messageId is made from. */
  private numberOf(index: number): number {
    return this.collides ? index % NAMESPACE_STRIDE : index
  }

  private has(index: number): boolean {
    const n = index % NAMESPACE_STRIDE
    return this.moments.spans.some(({ first, phase }) => n >= first && n < first + phase.messages.count)
  }

  private locate(index: number): { namespace: number; slot: Slot } {
    const namespace = Math.floor(index / NAMESPACE_STRIDE)
    const n = index - namespace * NAMESPACE_STRIDE
    return { namespace, slot: this.blocks.slotOf(n, this.moments.spanOf(n)) }
  }

  private sceneOf(namespace: number, slot: Slot): Scene {
    const number = namespace * NAMESPACE_STRIDE + slot.visit
    const known = this.memo.get(number)
    if (known !== undefined) return known
    const scene = this.drawScene(namespace, slot)
    this.memo.set(number, scene)
    return scene
  }

  private drawScene(namespace: number, slot: Slot): Scene {
    const draws = this.drawsOf(slot)
    const habits = this.habitsOf(slot, draws)
    const startMs = this.startMs(slot, habits)
    const visit = drawVisit(this.cast, { journey: slot.journey, namespace, draws, startMs })
    const aheadMs = clockAheadMs(draws, visit.client)
    return {
      visit,
      wrapping: undefined,
      clockAheadMs: aheadMs,
      habits,
      heldMs: visit.client.isMobile ? offlineMs(draws) : 0,
    }
  }

  private wrappingOf(scene: Scene): Wrapping {
    scene.wrapping ??= this.wrap(scene)
    return scene.wrapping
  }

  private wrap({ visit, clockAheadMs }: Scene): Wrapping {
    const { visitWriter, squall, streamContext } = this
    if (streamContext !== undefined) return new StreamEnvelope(visitWriter, visit, streamContext)
    return new VisitEnvelope(visitWriter, visit, squall, clockAheadMs)
  }

  private drawsOf(slot: Slot): VisitDraws {
    return new VisitDraws(this.seed, this.blocks.userOf(slot), slot.visit)
  }

  private startMs(slot: Slot, habits: Habits): number {
    return this.moments.startMs(slot.span, this.blocks.firstOf(slot), habits)
  }

  private habitsOf({ journey }: Slot, draws: VisitDraws): Habits {
    const { utcOffsetMs } = draws.oneOfUser(DRAW.person, this.cast.pools.people)
    const isPhone = journey.client === 'mobile' && this.streamContext === undefined
    return habitsOf(draws, isPhone, utcOffsetMs)
  }

  private timesOf(slot: Slot, { visit, habits, clockAheadMs, heldMs }: Scene): EventTimes {
    const timestamp = this.moments.instantMs(slot, habits, visit.startMs)
    const flushMs = heldMs + 1 + visit.draws.ofVisit(DRAW.flush, visit.client.flushMaxMs, slot.step)
    const originalTimestamp = timestamp + clockAheadMs
    return { originalTimestamp, receivedAt: timestamp + flushMs, sentAt: originalTimestamp + flushMs, timestamp }
  }
}

/** A visit with all that its events have in common. */
interface Scene {
  readonly visit: Visit
  /** Made with the visit's first event: ids and times do without. */
  wrapping: Wrapping | undefined
  readonly clockAheadMs: number
  readonly habits: Habits
  /** How long the device keeps an event before it may send it. */
  readonly heldMs: number
}
