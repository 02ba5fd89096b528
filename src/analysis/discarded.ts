import type { AuditFindings } from '../model/audit.ts'
import { BitSet } from '../model/bit-set.ts'
import type { DiscardsOfCode } from '../model/discards.ts'
import type { Standings } from '../model/evidence.ts'
import { bitsFromText } from './audit-bits.ts'

/** What became of messages that must exist, as far as the store and the discards say: found, discarded and lost are all of them. */
export interface MissingMessages {
  readonly found: BitSet
  /** Absent, and the receiver says that it discarded them. */
  readonly discarded: BitSet
  /** Absent, and nobody says why. */
  readonly lost: BitSet
}

export function missingOf({ must }: Pick<Standings, 'must'>, findings: AuditFindings): MissingMessages {
  const found = bitsFromText(findings.found, must.size)
  const told = new BitSet(must.size)
  for (const { messages } of readableDiscards(findings)) addAll(told, bitsFromText(messages, must.size))
  const absent = without(must, found)
  return { found, discarded: both(absent, told), lost: without(absent, told) }
}

/** By code; none where nobody asked, or where they could not be read. */
export function readableDiscards({ discards }: AuditFindings): readonly DiscardsOfCode[] {
  return discards === undefined || discards.unreadable !== '' ? [] : discards.byCode
}

export function both(a: BitSet, b: BitSet): BitSet {
  return joined(a, b, (one, other) => one & other)
}

function without(a: BitSet, b: BitSet): BitSet {
  return joined(a, b, (one, other) => one & ~other)
}

function addAll(to: BitSet, from: BitSet): void {
  from.words.forEach((word, i) => {
    to.words[i] = to.words[i]! | word
  })
}

function joined(a: BitSet, b: BitSet, join: (one: number, other: number) => number): BitSet {
  const set = new BitSet(a.size)
  for (let i = 0; i < set.words.length; i++) set.words[i] = join(a.words[i]!, b.words[i]!)
  return set
}
