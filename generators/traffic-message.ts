import type { CallType, Message, Traffic } from '../src/model/message.ts'

/** A message of some traffic. Its messageId as text is made when asked for: who only sends the bytes never needs it. */
export class TrafficMessage implements Message {
  readonly index: number
  readonly type: CallType
  readonly bytes: Uint8Array
  private readonly traffic: Pick<Traffic, 'messageIdAt'>

  constructor(traffic: Pick<Traffic, 'messageIdAt'>, index: number, type: CallType, bytes: Uint8Array) {
    this.traffic = traffic
    this.index = index
    this.type = type
    this.bytes = bytes
  }

  get messageId(): string {
    return this.traffic.messageIdAt(this.index)
  }
}
