import { BitSet } from '../model/bit-set.ts'
import type { CountOfCode, DiscardFindings, DiscardLine, DiscardsOfCode } from '../model/discards.ts'
import type { Traffic } from '../model/message.ts'
import { messageCount, ordinalOf } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import { bitsToText } from './audit-bits.ts'
import { shownValue } from './audit-shown.ts'

/** Receivers have a few dozen codes; whoever has more is not believed to mean codes by them. */
const CODES_MAX = 100
const OTHER_CODES = 'other'

export interface DiscardRun {
  readonly plan: Plan
  readonly traffic: Traffic
}

/** One reading of a receiver's discards from its beginning: which of this run's messages, and by which codes. */
export class DiscardReading {
  lines = 0
  /** Discards of this run's messages. */
  own = 0
  readonly #run: DiscardRun
  readonly #byCode = new Map<string, { events: number; readonly messages: BitSet }>()
  readonly #unnamed = new Map<string, number>()

  constructor(run: DiscardRun) {
    this.#run = run
  }

  take({ messageId, code, count }: DiscardLine): void {
    this.lines++
    if (messageId === undefined) this.#takeUnnamed(code, count)
    else {
      const { plan, traffic } = this.#run
      const index = traffic.indexOf(messageId)
      const ordinal = index === undefined ? -1 : ordinalOf(plan, index)
      if (ordinal >= 0) this.#takeOwn(ordinal, code, count)
    }
  }

  findings(): Omit<DiscardFindings, 'location' | 'unreadable'> {
    const byCode = [...this.#byCode].map(
      ([code, { events, messages }]): DiscardsOfCode => ({ code, events, messages: bitsToText(messages) }),
    )
    const unnamed = [...this.#unnamed].map(([code, events]): CountOfCode => ({ code, events }))
    return { lines: this.lines, byCode: byCode.sort(mostFirst), unnamed: unnamed.sort(mostFirst) }
  }

  #takeOwn(ordinal: number, code: string, count: number): void {
    this.own += count
    const name = nameOf(code, this.#byCode)
    const known = this.#byCode.get(name) ?? { events: 0, messages: new BitSet(messageCount(this.#run.plan)) }
    known.events += count
    known.messages.add(ordinal)
    this.#byCode.set(name, known)
  }

  #takeUnnamed(code: string, count: number): void {
    const name = nameOf(code, this.#unnamed)
    this.#unnamed.set(name, (this.#unnamed.get(name) ?? 0) + count)
  }
}

function nameOf(code: string, known: ReadonlyMap<string, unknown>): string {
  const name = shownValue(code)
  return known.has(name) || known.size < CODES_MAX ? name : OTHER_CODES
}

function mostFirst(a: CountOfCode, b: CountOfCode): number {
  return b.events - a.events || (a.code < b.code ? -1 : 1)
}
