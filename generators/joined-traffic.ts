import { type CallType, type Envelope, type Message, NAMESPACE_STRIDE, type Traffic } from '../src/model/message.ts'

/**
 * The messages of an earlier run and, numbered behind them, those that a replay of it sends of its own: each is what its own run makes of it, with
 * that run's id in all that it carries.
 */
export class JoinedTraffic implements Traffic {
  readonly userIdPrefixes: readonly string[]
  private readonly replayed: Traffic
  private readonly own: Traffic
  private readonly replayedCount: number

  /** @param replayedCount messages of the earlier run in each namespace */
  constructor(replayed: Traffic, own: Traffic, replayedCount: number) {
    this.userIdPrefixes = [...replayed.userIdPrefixes, ...own.userIdPrefixes]
    this.replayed = replayed
    this.own = own
    this.replayedCount = replayedCount
  }

  messageAt(index: number, envelope: Envelope): Message {
    if (!this.isOwn(index)) return this.replayed.messageAt(index, envelope)
    return new RenumberedMessage(index, this.own.messageAt(index - this.replayedCount, envelope))
  }

  lentAt(index: number, envelope: Envelope): Message {
    if (!this.isOwn(index)) return this.replayed.lentAt(index, envelope)
    return new RenumberedMessage(index, this.own.lentAt(index - this.replayedCount, envelope))
  }

  timestampMsAt(index: number): number {
    if (!this.isOwn(index)) return this.replayed.timestampMsAt(index)
    return this.own.timestampMsAt(index - this.replayedCount)
  }

  messageIdAt(index: number): string {
    if (!this.isOwn(index)) return this.replayed.messageIdAt(index)
    return this.own.messageIdAt(index - this.replayedCount)
  }

  typeAt(index: number): CallType {
    return this.isOwn(index) ? this.own.typeAt(index - this.replayedCount) : this.replayed.typeAt(index)
  }

  flawAt(index: number): string {
    return this.isOwn(index) ? this.own.flawAt(index - this.replayedCount) : this.replayed.flawAt(index)
  }

  /** Nobody is a user of both runs. */
  userAt(index: number): number {
    if (!this.isOwn(index)) return 2 * this.replayed.userAt(index)
    return 2 * this.own.userAt(index - this.replayedCount) + 1
  }

  indexOf(messageId: string, namespace?: number): number | undefined {
    const own = this.own.indexOf(messageId, namespace)
    return own === undefined ? this.replayed.indexOf(messageId, namespace) : own + this.replayedCount
  }

  private isOwn(index: number): boolean {
    return index % NAMESPACE_STRIDE >= this.replayedCount
  }
}

class RenumberedMessage implements Message {
  readonly index: number
  private readonly message: Message

  constructor(index: number, message: Message) {
    this.index = index
    this.message = message
  }

  get messageId(): string {
    return this.message.messageId
  }

  get type(): CallType {
    return this.message.type
  }

  get bytes(): Uint8Array {
    return this.message.bytes
  }
}
