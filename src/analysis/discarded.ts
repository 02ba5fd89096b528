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
  for (const { messages } of readableDiscards(findings)) told.addAll(bitsFromText(messages, must.size))
  const absent = must.without(found)
  return { found, discarded: absent.with(told), lost: absent.without(told) }
}

/** By code; none where nobody asked, or where they could not be read. */
export function readableDiscards({ discards }: AuditFindings): readonly DiscardsOfCode[] {
  return discards === undefined || discards.unreadable !== '' ? [] : discards.byCode
}
