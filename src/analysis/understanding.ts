import type { Expectation, Misread, UnderstandingFindings } from '../model/expectation.ts'
import type { CallType, Traffic } from '../model/message.ts'
import type { Receipt } from '../model/receipt.ts'
import { byIndex, Examples } from './audit-examples.ts'
import { atPointer } from './audit-pointer.ts'
import { SentMessage } from './audit-sent.ts'
import { shownValue } from './audit-shown.ts'
import { isSame } from './state-origins.ts'

/** What the receipts make of events, held against what the run expects of them. */
export class Understanding {
  readonly #traffic: Traffic
  readonly #tallies: readonly UnderstandingTally[]

  constructor(traffic: Traffic, expectations: readonly Expectation[]) {
    this.#traffic = traffic
    this.#tallies = expectations.map((expectation) => new UnderstandingTally(expectation))
  }

  take(index: number, receipt: Receipt): void {
    if (this.#tallies.length === 0) return
    const type = this.#traffic.typeAt(index)
    const sent = new SentMessage(this.#traffic, index)
    for (const tally of this.#tallies) {
      const { place, field } = tally.expectation
      if (place === 'receipts' && type === tally.expectation.type)
        tally.take(index, type, () => sent.event('live'), receipt.extra?.[field])
    }
  }

  get misreadCount(): number {
    return this.#tallies.reduce((sum, tally) => sum + tally.misreadCount, 0)
  }

  /** In the order of the expectations. */
  findings(): UnderstandingFindings[] {
    return this.#tallies.map((tally) => tally.findings())
  }
}

/** What became of one expectation. */
export class UnderstandingTally {
  readonly expectation: Expectation
  readonly #misread = new Examples<Misread>()
  #events = 0
  #carried = 0

  constructor(expectation: Expectation) {
    this.expectation = expectation
  }

  get misreadCount(): number {
    return this.#misread.count
  }

  /** The value that the expectation is about; undefined: it is not about this event. */
  valueIn(type: CallType, event: () => Readonly<Record<string, unknown>>): unknown {
    if (type !== this.expectation.type) return undefined
    const json = event()
    if (this.expectation.event !== undefined && json.event !== this.expectation.event) return undefined
    return atPointer(json, this.expectation.pointer) ?? undefined
  }

  /** @param stored what the field says; null or undefined: nothing */
  take(index: number, type: CallType, event: () => Readonly<Record<string, unknown>>, stored: unknown): void {
    const expected = this.valueIn(type, event)
    if (expected !== undefined) this.compare(index, expected, stored, isSaid(expected, stored))
  }

  compare(index: number, expected: unknown, stored: unknown, isRight: boolean): void {
    this.#events++
    if (stored != null) this.#carried++
    if (isRight) return
    this.#misread.add(() => ({ index, expected: shownValue(expected), actual: shownValue(stored ?? undefined) }))
  }

  findings(unreadable = ''): UnderstandingFindings {
    return { events: this.#events, carried: this.#carried, misread: byIndex(this.#misread), unreadable }
  }
}

/** Columns may hold numbers as text. */
export function isSaid(expected: unknown, stored: unknown): boolean {
  if (isSame(expected, stored)) return true
  if (typeof expected !== 'number' || typeof stored !== 'string' || stored.trim() === '') return false
  return Number(stored) === expected
}
