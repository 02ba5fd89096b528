import { hash32, unit } from '../../src/model/hash.ts'
import { type CallType, type Envelope, type Message, NAMESPACE_STRIDE, type Traffic } from '../../src/model/message.ts'
import type { PhasePlan, Plan } from '../../src/model/plan.ts'
import { DRAW } from '../draws.ts'
import { TrafficMessage } from '../traffic-message.ts'
import { jsonFragmentOf, textOf } from '../utf8.ts'
import { FLAW_CHANGES } from './catalogue.ts'
import { eventJson } from './event-json.ts'
import type { EventObject, FlawChange, FlawPlace } from './flaw-change.ts'
import { inOtherCase } from './identities.ts'

/** How many messages' flaws are remembered: who asks for a message mostly asks again soon. */
const KNOWN_MAX = 4096

/**
 * The messages of a run, some of them with a flaw. Which and what follows from the seed and the message's number alone, so that it is the same in
 * every namespace. Messages without one are passed on as they are.
 */
export class FlawedTraffic implements Traffic {
  readonly userIdPrefixes: readonly string[]
  private readonly sound: Traffic
  private readonly seed: number
  private readonly phases: readonly PhasePlan[]
  private readonly known: Map<number, FoundFlaw | null> = new Map()

  constructor(sound: Traffic, { seed, traffic, phases }: Plan) {
    this.userIdPrefixes = sound.userIdPrefixes
    this.sound = sound
    this.seed = seed
    this.phases = (traffic.timeline ?? phases).filter(hasFlaws)
  }

  messageAt(index: number, envelope: Envelope): Message {
    return this.withFlaw(index, this.sound.messageAt(index, envelope))
  }

  lentAt(index: number, envelope: Envelope): Message {
    return this.withFlaw(index, this.sound.lentAt(index, envelope))
  }

  private withFlaw(index: number, message: Message): Message {
    const found = this.found(index)
    if (found === null) return message
    const text = flawedJson(JSON.parse(textOf(message.bytes)), found.change, this.placeOf(index, found.phase))
    return new TrafficMessage(this, index, message.type, jsonFragmentOf(text))
  }

  timestampMsAt(index: number): number {
    const soundMs = this.sound.timestampMsAt(index)
    const found = this.found(index)
    return found?.change.instantMs?.(soundMs, this.placeOf(index, found.phase)) ?? soundMs
  }

  messageIdAt(index: number): string {
    const found = this.found(index)
    return found?.change.messageId?.(this.placeOf(index, found.phase)) ?? this.sound.messageIdAt(index)
  }

  typeAt(index: number): CallType {
    return this.sound.typeAt(index)
  }

  flawAt(index: number): string {
    return this.found(index)?.name ?? ''
  }

  userAt(index: number): number {
    return this.sound.userAt(index)
  }

  /** A messageId may be another one's in the other case: then it is of the message after that. */
  indexOf(messageId: string, namespace?: number): number | undefined {
    const index = this.sound.indexOf(messageId, namespace)
    if (index !== undefined) return this.messageIdAt(index) === messageId ? index : undefined
    const earlier = this.sound.indexOf(inOtherCase(messageId), namespace)
    if (earlier === undefined || this.phaseOf(numberOf(earlier) + 1) === undefined) return undefined
    return this.messageIdAt(earlier + 1) === messageId ? earlier + 1 : undefined
  }

  private found(index: number): FoundFlaw | null {
    const n = numberOf(index)
    const phase = this.phaseOf(n)
    if (phase === undefined || unit(this.seed, DRAW.flaw, n) >= phase.flaws.share) return null
    const known = this.known.get(n)
    if (known !== undefined) return known
    const found = this.find(n, phase)
    if (this.known.size === KNOWN_MAX) this.known.clear()
    this.known.set(n, found)
    return found
  }

  /** One of those that the event can have. */
  private find(n: number, phase: PhasePlan): FoundFlaw | null {
    const { names } = phase.flaws
    const event: EventObject = JSON.parse(textOf(this.sound.messageAt(n, phase.envelope).bytes))
    const place = this.placeOf(n, phase)
    const fitting = names.filter((name) => CHANGES[name]?.fits?.(event, place) !== false)
    const name = fitting[hash32(this.seed, DRAW.flawName, n) % fitting.length]
    const change = CHANGES[name ?? '']
    return name === undefined || change === undefined ? null : { name, change, phase }
  }

  private placeOf(index: number, { messages, envelope }: PhasePlan): FlawPlace {
    const n = numberOf(index)
    return {
      draw: hash32(this.seed, DRAW.flawForm, n),
      envelope,
      position: n - messages.first,
      earlierId: () => this.sound.messageIdAt(index - 1),
    }
  }

  /** Undefined: no flaws are put into what the phase sends. */
  private phaseOf(n: number): PhasePlan | undefined {
    return this.phases.find(({ messages: { first, count } }) => n >= first && n < first + count)
  }
}

export function hasFlaws({ flaws, messages }: PhasePlan): boolean {
  return messages.count > 0 && flaws.share > 0 && flaws.names.length > 0
}

interface FoundFlaw {
  readonly name: string
  readonly change: FlawChange
  readonly phase: PhasePlan
}

const CHANGES: Readonly<Record<string, FlawChange | undefined>> = FLAW_CHANGES

function flawedJson(event: EventObject, { change, rewrite }: FlawChange, place: FlawPlace): string {
  change?.(event, place)
  const json = eventJson(event)
  return rewrite?.(json) ?? json
}

function numberOf(index: number): number {
  return index % NAMESPACE_STRIDE
}
