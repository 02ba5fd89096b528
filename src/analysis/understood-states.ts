import type { BitSet } from '../model/bit-set.ts'
import type { Expectation, UnderstandingFindings } from '../model/expectation.ts'
import type { Traffic } from '../model/message.ts'
import { indexAt, messageCount } from '../model/ordinal.ts'
import type { Plan } from '../model/plan.ts'
import { ReceiptsUnreadable } from '../model/receipt.ts'
import type { StateLine, StateSource } from '../model/state.ts'
import { bitsFromText } from './audit-bits.ts'
import { SentMessage } from './audit-sent.ts'
import { type Patience, readUntilQuiet } from './read-until-quiet.ts'
import { isSaid, UnderstandingTally } from './understanding.ts'

/** Whose events the state is held against. */
interface Understood {
  readonly plan: Plan
  readonly traffic: Traffic
  /** Messages that were found in the store: a bit set over ordinals. */
  readonly found: string
  /** Messages of people who are to be gone. */
  readonly erased: BitSet | undefined
}

interface Said {
  readonly index: number
  readonly value: unknown
}

/**
 * Whether the state says of each user what the expectation names in one of their events. Of several events any will do: which of them
 * wins is a question of order.
 */
export async function auditUnderstoodStates(
  source: StateSource,
  expectation: Expectation,
  run: Understood,
  patience: Patience,
): Promise<UnderstandingFindings> {
  const sayings = sayingsOf(expectation, run)
  try {
    const tally = await readUntilQuiet(
      patience,
      async () => tallied(expectation, sayings, await linesOf(source, sayings)),
      (before, now) => before.misreadCount === 0 && now.misreadCount === 0,
    )
    return tally.findings()
  } catch (error) {
    if (error instanceof ReceiptsUnreadable) return new UnderstandingTally(expectation).findings(error.message)
    throw error
  }
}

/** What events say that were found, by their users' ids. */
function sayingsOf(expectation: Expectation, { plan, traffic, found, erased }: Understood): Map<unknown, Said[]> {
  const sayings = new Map<unknown, Said[]>()
  const tally = new UnderstandingTally(expectation)
  const bits = bitsFromText(found, messageCount(plan))
  for (let ordinal = 0; ordinal < bits.size; ordinal++) {
    if (!bits.has(ordinal) || erased?.has(ordinal)) continue
    const index = indexAt(plan, ordinal)
    const sent = new SentMessage(traffic, index)
    const value = tally.valueIn(traffic.typeAt(index), () => sent.event('live'))
    if (value === undefined) continue
    const { userId } = sent.event('live')
    if (typeof userId === 'string') sayings.set(userId, [...(sayings.get(userId) ?? []), { index, value }])
  }
  return sayings
}

async function linesOf(source: StateSource, sayings: ReadonlyMap<unknown, unknown>): Promise<Map<unknown, StateLine>> {
  const lines = new Map<unknown, StateLine>()
  for await (const page of source.read())
    for (const line of page) if (sayings.has(line.userId)) lines.set(line.userId, line)
  return lines
}

function tallied(
  expectation: Expectation,
  sayings: ReadonlyMap<unknown, readonly Said[]>,
  lines: ReadonlyMap<unknown, StateLine>,
): UnderstandingTally {
  const tally = new UnderstandingTally(expectation)
  for (const [userId, said] of sayings) {
    const stored = fieldOf(lines.get(userId), expectation.field)
    const last = said.at(-1)!
    tally.compare(
      last.index,
      last.value,
      stored,
      said.some(({ value }) => isSaid(value, stored)),
    )
  }
  return tally
}

function fieldOf(line: StateLine | undefined, field: string): unknown {
  return (
    line?.extra?.[field] ?? (line !== undefined && Object.hasOwn(line.traits, field) ? line.traits[field] : undefined)
  )
}
