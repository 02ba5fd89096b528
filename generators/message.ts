import { type CallType, type Message, NAMESPACE_STRIDE, type Traffic } from '../src/model/message.ts'
import type { Envelope, Plan } from '../src/model/plan.ts'
import type { RunHeader } from '../src/model/run-header.ts'
import { Blocks, type Slot } from './blocks.ts'
import { ByteWriter } from './byte-writer.ts'
import type { Corpus } from './corpus.ts'
import { clockAheadMs } from './device-clock.ts'
import { DRAW, drawBelow } from './draws.ts'
import { type EventTimes, VisitEnvelope } from './envelope.ts'
import { Identifiers } from './identifiers.ts'
import { DEFAULT_MIX, SUITE } from './journeys/mix.ts'
import { type MessageIds, messageIdsOf } from './message-id.ts'
import { Moments } from './moments.ts'
import { poolsOf } from './pools.ts'
import { type Fragment, fragmentOf } from './utf8.ts'
import { type Cast, drawVisit, type Visit } from './visit/visit.ts'
import { VisitDraws } from './visit/visit-draws.ts'
import { VisitMemo } from './visit-memo.ts'

/** The messages of one run: what `messageAt` returns hangs on corpus, plan, header and index alone. */
export function trafficOf(corpus: Corpus, plan: Plan, header: RunHeader): Traffic {
  return new RunTraffic(corpus, plan, header)
}

class RunTraffic implements Traffic {
  readonly userIdPrefix: string
  private readonly seed: number
  private readonly squall: Fragment
  private readonly ids: MessageIds
  private readonly moments: Moments
  private readonly blocks: Blocks
  private readonly cast: Cast
  private readonly writer: ByteWriter = new ByteWriter()
  private readonly memo: VisitMemo<Scene> = new VisitMemo()

  constructor(corpus: Corpus, plan: Plan, header: RunHeader) {
    const runId = header.replays?.runId ?? header.id
    const identifiers = new Identifiers(runId)
    this.userIdPrefix = identifiers.userIdPrefix
    this.seed = plan.seed
    this.squall = fragmentOf(`,"squall":{"run":"${runId}","synthetic":true}`)
    this.ids = messageIdsOf(runId)
    this.moments = new Moments(plan, header)
    this.blocks = new Blocks(plan.seed, DEFAULT_MIX, SUITE, this.moments)
    this.cast = { pools: poolsOf(corpus), identifiers }
  }

  messageAt(index: number, envelope: Envelope): Message {
    const { namespace, slot } = this.locate(index)
    const { visit, wrapping, clockAheadMs, latencyMs } = this.sceneOf(namespace, slot)
    const step = visit.journey.steps[slot.step]!
    const known = slot.step >= visit.journey.knownFrom
    const times = this.timesOf(slot.n, latencyMs, clockAheadMs, visit.client.flushMaxMs)
    const writer = this.writer
    writer.begin()
    wrapping.writeOpening(writer, step, known)
    step.call.write(writer, visit, step)
    wrapping.writeClosing(writer, step.call.type, envelope, this.ids.words(index), times, known)
    return new RunMessage(this.ids, index, step.call.type, writer.end())
  }

  timestampMsAt(index: number): number {
    const { slot } = this.locate(index)
    return this.moments.instantMs(slot.n, latencyMsOf(new VisitDraws(this.seed, slot.user, slot.visit)))
  }

  messageIdAt(index: number): string {
    return this.ids.encode(index)
  }

  typeAt(index: number): CallType {
    const { journey, step } = this.locate(index).slot
    return journey.steps[step]!.call.type
  }

  userAt(index: number): number {
    return this.locate(index).slot.user
  }

  indexOf(messageId: string): number | undefined {
    return this.ids.decode(messageId)
  }

  private locate(index: number): { namespace: number; slot: Slot } {
    const namespace = Math.floor(index / NAMESPACE_STRIDE)
    return { namespace, slot: this.blocks.slotOf(index - namespace * NAMESPACE_STRIDE) }
  }

  private sceneOf(namespace: number, slot: Slot): Scene {
    const number = namespace * NAMESPACE_STRIDE + slot.visit
    const known = this.memo.get(number)
    if (known !== undefined) return known
    const scene = this.drawScene(namespace, slot)
    this.memo.set(number, scene)
    return scene
  }

  private drawScene(namespace: number, { journey, user, visit: number, firstN }: Slot): Scene {
    const draws = new VisitDraws(this.seed, user, number)
    const latencyMs = latencyMsOf(draws)
    const startMs = this.moments.instantMs(firstN, latencyMs)
    const visit = drawVisit(this.cast, { journey, namespace, draws, startMs })
    const aheadMs = clockAheadMs(draws, visit.client)
    return {
      visit,
      wrapping: new VisitEnvelope(this.writer, visit, this.squall, aheadMs),
      clockAheadMs: aheadMs,
      latencyMs,
    }
  }

  private timesOf(n: number, latencyMs: number, clockAheadMs: number, flushMaxMs: number): EventTimes {
    const timestamp = this.moments.instantMs(n, latencyMs)
    const flushMs = 1 + drawBelow(this.seed, DRAW.flush, n, flushMaxMs)
    const originalTimestamp = timestamp + clockAheadMs
    return { originalTimestamp, receivedAt: timestamp + flushMs, sentAt: originalTimestamp + flushMs, timestamp }
  }
}

/** Its messageId as text is made when asked for: who only sends the bytes never needs it. */
class RunMessage implements Message {
  readonly index: number
  readonly type: CallType
  readonly bytes: Uint8Array
  private readonly ids: MessageIds

  constructor(ids: MessageIds, index: number, type: CallType, bytes: Uint8Array) {
    this.ids = ids
    this.index = index
    this.type = type
    this.bytes = bytes
  }

  get messageId(): string {
    return this.ids.encode(this.index)
  }
}

/** A visit with all that its events have in common. */
interface Scene {
  readonly visit: Visit
  readonly wrapping: VisitEnvelope
  readonly clockAheadMs: number
  readonly latencyMs: number
}

/** From an event to its delivery, as long as nothing fails: always the same for one user, so that order is kept. */
function latencyMsOf(draws: VisitDraws): number {
  return 1000 + draws.ofUser(DRAW.latency, 3001)
}
