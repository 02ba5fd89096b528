import { BitSet } from '../model/bit-set.ts'
import type { ErasedMessages, ErasureFindings } from '../model/deletion.ts'
import type { Traffic } from '../model/message.ts'
import type { Receipt } from '../model/receipt.ts'
import { bitsToText } from './audit-bits.ts'
import { atPointer } from './audit-pointer.ts'
import { SentMessage } from './audit-sent.ts'
import { utf8Text } from './utf8-text.ts'

/** Where an event names its person. */
const NAMES = ['/userId', '/traits/email', '/context/traits/email', '/properties/email']

/** The records of people whom the run deletes: whether they still name anybody. Kept without a name they are as good as gone. */
export class ErasedRecords {
  readonly #traffic: Traffic
  readonly #gone: BitSet
  readonly #named: BitSet
  #silent = 0

  constructor(traffic: Traffic, { gone }: ErasedMessages) {
    this.#traffic = traffic
    this.#gone = gone
    this.#named = new BitSet(gone.size)
  }

  /** How many messages still name their user. */
  get namedCount(): number {
    return this.#named.count()
  }

  take(index: number, ordinal: number, receipt: Receipt): void {
    if (!this.#gone.has(ordinal)) return
    const names = namesIn(new SentMessage(this.#traffic, index))
    const userIds = [receipt.userId, receipt['/userId']]
    const body = textOf(receipt.body)
    if (names.some((name) => userIds.includes(name) || body.includes(name))) this.#named.add(ordinal)
    else if (names.length > 0 && body === '' && userIds.every((userId) => userId == null)) this.#silent++
  }

  findings(): ErasureFindings {
    return { named: bitsToText(this.#named), namedCount: this.namedCount, silent: this.#silent }
  }
}

function namesIn(sent: SentMessage): string[] {
  const event = sent.event('live')
  return NAMES.map((pointer) => atPointer(event, pointer)).filter((name) => typeof name === 'string')
}

function textOf(body: unknown): string {
  if (body == null) return ''
  if (body instanceof Uint8Array) return utf8Text(body)
  return typeof body === 'string' ? body : JSON.stringify(body)
}
