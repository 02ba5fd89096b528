import type { AuditFindings, ReceiptField } from '../model/audit.ts'
import { BitSet } from '../model/bit-set.ts'
import type { ErasedMessages } from '../model/deletion.ts'
import type { Traffic } from '../model/message.ts'
import { indexAt, messageCount } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import type { Receipt } from '../model/receipt.ts'
import type { RunHeader } from '../model/run-header.ts'
import type { Digest } from '../model/world.ts'
import { bitsToText } from './audit-bits.ts'
import { StoredContent } from './audit-content.ts'
import { EXAMPLES_MAX, Examples } from './audit-examples.ts'
import { hasMarkOf } from './audit-marks.ts'
import { ownerOf } from './audit-owner.ts'
import { pointersOf } from './audit-pointer.ts'
import { shownValue } from './audit-shown.ts'
import { EventTimes } from './audit-times.ts'
import { ErasedRecords } from './erased-records.ts'
import { OtherRunsTally } from './other-runs.ts'
import { Understanding } from './understanding.ts'

/** Whose records a reading looks for. */
export interface Sought {
  readonly plan: Plan
  readonly header: RunHeader
  readonly traffic: Traffic
  readonly digest: Digest
  /** The longest way of an event whose time the receiver corrects by the sender's clock; absent: times are stored as they were sent. */
  readonly wayMaxMs?: number | undefined
}

const FIELDS = ['type', 'userId', 'timestamp', 'receivedAt', 'event', 'body', 'digest'] as const

/** The bit above those of the units. */
const ALTERED = 128

/**
 * One reading of the store from its beginning: takes the records as they come, in any order, and keeps bits and counts, never the
 * records.
 */
export class Reading {
  readonly found: BitSet
  foundCount = 0
  /** All records, those of other runs included. */
  records = 0
  /** Records of this run. */
  ownRecords = 0
  readonly #sought: Sought
  readonly #compare: boolean
  /** Records beyond the first, by ordinal. */
  readonly #more = new Map<number, number>()
  readonly #carried = new Set<ReceiptField>()
  /** Fields that no record has carried so far. */
  #awaited: readonly (typeof FIELDS)[number][] = FIELDS
  readonly #strangers = new Examples<{ readonly messageId: string; readonly why: string }>()
  readonly #times: EventTimes
  readonly #content: StoredContent
  /** By ordinal: in which units the time is wrong, and whether the content is. */
  readonly #flaws: Uint8Array
  readonly #erased: ErasedMessages | undefined
  readonly #erasedRecords: ErasedRecords | undefined
  readonly #understanding: Understanding
  readonly #others: OtherRunsTally

  /**
   * @param compare whether contents and times are held against what was sent, or only ids are looked for
   * @param erased messages of people whom the run deletes: of them nothing but their names is looked at
   */
  constructor(sought: Sought, compare: boolean, erased?: ErasedMessages) {
    this.#sought = sought
    this.#compare = compare
    this.found = new BitSet(messageCount(sought.plan))
    this.#times = new EventTimes(sought.wayMaxMs)
    this.#content = new StoredContent(sought.traffic, sought.digest)
    this.#flaws = new Uint8Array(compare ? this.found.size : 0)
    this.#erased = erased
    this.#erasedRecords = erased && new ErasedRecords(sought.traffic, erased)
    this.#understanding = new Understanding(sought.traffic, sought.header.asks.expectations ?? [])
    this.#others = new OtherRunsTally(sought.header.before ?? [])
  }

  take(receipt: Receipt): void {
    const { plan, traffic, header } = this.#sought
    this.records++
    const owner = ownerOf(plan, traffic, receipt)
    if (owner !== undefined && 'why' in owner) this.#takeStranger(receipt, owner.why)
    else if (owner !== undefined) this.#takeOwn(receipt, owner.index, owner.ordinal)
    else if (hasMarkOf(header, traffic, receipt)) this.#takeStranger(receipt, 'its mark is of this run, its id is not')
    else if (this.ownRecords === 0) this.#others.take(receipt)
  }

  /** Whether nothing is to be seen that may yet go or become right. */
  get leavesNothingOpen(): boolean {
    return (this.#erasedRecords?.namedCount ?? 0) === 0 && this.#understanding.misreadCount === 0
  }

  findings(): ReadingFindings {
    return {
      records: this.records,
      found: bitsToText(this.found),
      foundCount: this.foundCount,
      carried: [...this.#carried].sort(),
      duplicated: this.#duplicated(),
      strangers: { count: this.#strangers.count, examples: [...this.#strangers.kept] },
      ...this.#content.findings(),
      ...this.#times.findings(),
      ...this.#flawed(),
      ...this.#othersAlone(),
      ...(this.#erasedRecords && { erased: this.#erasedRecords.findings() }),
      ...(this.#sought.header.asks.expectations && { understood: this.#understanding.findings() }),
    }
  }

  #othersAlone(): Pick<AuditFindings, 'others'> {
    const others = this.ownRecords === 0 ? this.#others.findings() : undefined
    return others === undefined ? {} : { others }
  }

  #flawed(): Pick<AuditFindings, 'flawed'> {
    const flawed = new BitSet(this.found.size)
    const which = ALTERED | this.#times.unitBit
    this.#flaws.forEach((flaws, ordinal) => {
      if ((flaws & which) !== 0) flawed.add(ordinal)
    })
    return flawed.count() === 0 ? {} : { flawed: bitsToText(flawed) }
  }

  #takeStranger(receipt: Receipt, why: string): void {
    this.ownRecords++
    this.#strangers.add(() => ({ messageId: shownValue(receipt.messageId), why }))
  }

  #takeOwn(receipt: Receipt, index: number, ordinal: number): void {
    this.ownRecords++
    const isFirst = this.found.add(ordinal)
    if (isFirst) this.foundCount++
    if (this.#erased?.all.has(ordinal)) {
      this.#erasedRecords!.take(index, ordinal, receipt)
      return
    }
    if (!isFirst) this.#more.set(ordinal, (this.#more.get(ordinal) ?? 0) + 1)
    if (!this.#compare) return
    this.#noteCarried(receipt)
    const time = receipt.timestamp ?? receipt['/timestamp']
    const wrongIn = time == null ? 0 : this.#times.take(index, this.#sought.traffic.timestampMsAt(index), time, receipt)
    this.#understanding.take(index, receipt)
    const flaws = this.#content.take(index, receipt) ? wrongIn : wrongIn | ALTERED
    this.#flaws[ordinal] = (this.#flaws[ordinal] ?? 0) | flaws
  }

  #noteCarried(receipt: Receipt): void {
    const isNew = this.#awaited.some((field) => receipt[field] != null)
    if (isNew) this.#noteFields(receipt)
    for (const pointer of pointersOf(receipt)) this.#carried.add(pointer === '/userId' ? 'userId' : 'pointer')
  }

  #noteFields(receipt: Receipt): void {
    for (const field of this.#awaited) if (receipt[field] != null) this.#carried.add(field)
    this.#awaited = this.#awaited.filter((field) => receipt[field] == null)
  }

  #duplicated(): AuditFindings['duplicated'] {
    const first = [...this.#more.keys()].sort((a, b) => a - b).slice(0, EXAMPLES_MAX)
    const examples = first.map((ordinal) => ({
      index: indexAt(this.#sought.plan, ordinal),
      records: 1 + this.#more.get(ordinal)!,
    }))
    return { count: this.#more.size, examples }
  }
}

type ReadingFindings = Omit<
  AuditFindings,
  'source' | 'location' | 'unreadable' | 'readFromMs' | 'readToMs' | 'readings' | 'settled' | 'visibleMs'
>
