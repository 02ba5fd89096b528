import type { Ways } from '../model/evidence.ts'
import type { Traffic } from '../model/message.ts'
import { indexAt, ordinalOf } from '../model/ordinal.ts'
import type { OutboxFindings, OutboxLine, SentOut } from '../model/outbox.ts'
import type { Plan } from '../model/plan.ts'
import { Examples } from './audit-examples.ts'
import { SentMessage } from './audit-sent.ts'
import { shownValue } from './audit-shown.ts'
import { type PersonWays, waysByName } from './outbox-people.ts'

/** Whose outbox is read. */
export interface OutboxRun {
  readonly plan: Plan
  readonly traffic: Traffic
  readonly ways: Ways
}

/** One reading of an outbox from its beginning: keeps what was sent out for which message, or for whom. */
export class OutboxReading {
  lines = 0
  /** Lines that this run's messages or people caused. */
  own = 0
  readonly #run: OutboxRun
  /** By ordinal: how often, by where it went. */
  readonly #byMessage = new Map<number, Map<string, number>>()
  /** Lines that name no message. */
  readonly #byName = new Map<string, number>()
  #people: ReadonlyMap<unknown, PersonWays> | undefined

  constructor(run: OutboxRun) {
    this.#run = run
  }

  take({ messageId, userId, to }: OutboxLine): void {
    this.lines++
    const { plan, traffic } = this.#run
    const index = messageId === undefined ? undefined : traffic.indexOf(messageId)
    const ordinal = index === undefined ? -1 : ordinalOf(plan, index)
    if (ordinal >= 0) this.#takeOf(ordinal, to ?? userId ?? '')
    else if (messageId === undefined) this.#takeFor([userId, to].find((name) => this.#waysOf(name) !== undefined))
  }

  findings(): Omit<OutboxFindings, 'location' | 'unreadable'> {
    const kinds = this.#kinds()
    return {
      lines: this.lines,
      ownLines: this.own,
      kinds: [...kinds].sort(),
      replayed: kinds.size > 0 ? this.#replayedOf(kinds) : this.#replayedPeople(),
      ...this.#judged(),
    }
  }

  #takeOf(ordinal: number, to: string): void {
    this.own++
    const sent = this.#byMessage.get(ordinal) ?? new Map<string, number>()
    this.#byMessage.set(ordinal, sent.set(to, (sent.get(to) ?? 0) + 1))
  }

  #takeFor(name: string | undefined): void {
    if (name === undefined) return
    this.own++
    this.#byName.set(name, (this.#byName.get(name) ?? 0) + 1)
  }

  /** Only a line that names no message has the people looked up. */
  #waysOf(name: string | undefined): PersonWays | undefined {
    if (name === undefined) return undefined
    this.#people ??= waysByName(this.#run.plan, this.#run.traffic, this.#run.ways)
    return this.#people.get(name)
  }

  #judged(): Pick<OutboxFindings, 'forReplay' | 'again'> {
    const [forReplay, again] = [new Examples<SentOut>(), new Examples<SentOut>()]
    const { live, replayed } = this.#run.ways
    for (const [ordinal, sent] of this.#byMessage) {
      if (!replayed.has(ordinal)) continue
      const index = indexAt(this.#run.plan, ordinal)
      for (const [to, times] of sent) {
        if (!live.has(ordinal)) forReplay.add(() => ({ index, to: shownValue(to), times }))
        else if (times > 1) again.add(() => ({ index, to: shownValue(to), times }))
      }
    }
    for (const [to, times] of this.#byName) {
      if (!this.#waysOf(to)!.live) forReplay.add(() => ({ index: null, to: shownValue(to), times }))
    }
    return {
      forReplay: { count: forReplay.count, examples: forReplay.kept },
      again: { count: again.count, examples: again.kept },
    }
  }

  /** What live messages are sent out for. */
  #kinds(): Set<string> {
    const kinds = new Set<string>()
    for (const ordinal of this.#byMessage.keys()) if (this.#run.ways.live.has(ordinal)) kinds.add(this.#kindOf(ordinal))
    return kinds
  }

  #kindOf(ordinal: number): string {
    const { plan, traffic } = this.#run
    const index = indexAt(plan, ordinal)
    const type = traffic.typeAt(index)
    return type === 'track' ? `track ${new SentMessage(traffic, index).event('live').event}` : type
  }

  #replayedOf(kinds: ReadonlySet<string>): number {
    let count = 0
    const { replayed } = this.#run.ways
    for (let ordinal = 0; ordinal < replayed.size; ordinal++) {
      if (replayed.has(ordinal) && kinds.has(this.#kindOf(ordinal))) count++
    }
    return count
  }

  /** People who came in a replay alone, where the outbox names people who came live. */
  #replayedPeople(): number {
    const namesLive = [...this.#byName.keys()].some((name) => this.#waysOf(name)!.live)
    if (!namesLive) return 0
    const { traffic, plan, ways } = this.#run
    const [live, all] = [new Set<number>(), new Set<number>()]
    for (let ordinal = 0; ordinal < ways.live.size; ordinal++) {
      const user = traffic.userAt(indexAt(plan, ordinal))
      if (ways.live.has(ordinal)) live.add(user)
      else if (ways.replayed.has(ordinal)) all.add(user)
    }
    return [...all].filter((user) => !live.has(user)).length
  }
}
