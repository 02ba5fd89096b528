import type { AuditFindings } from '../model/audit.ts'
import { BitSet } from '../model/bit-set.ts'
import type { Standings } from '../model/evidence.ts'

/** Follows the messages that the first reading did not find, from their ack to the reading that did. */
export class Visibility {
  readonly #standings: Standings
  #seen: BitSet | null = null
  readonly #delaysMs: number[] = []

  constructor(standings: Standings) {
    this.#standings = standings
  }

  /** @param atMs end of the reading, after the run's start */
  note(found: BitSet, atMs: number): void {
    const seen = this.#seen
    if (seen === null) this.#seen = copyOf(found)
    else for (const ordinal of found.firstWithout(seen, Number.POSITIVE_INFINITY)) this.#follow(seen, ordinal, atMs)
  }

  spread(): AuditFindings['visibleMs'] {
    const sorted = this.#delaysMs.toSorted((a, b) => a - b)
    const rank = (share: number): number | null => sorted[Math.ceil(share * sorted.length) - 1] ?? null
    return { p50: rank(0.5), p99: rank(0.99) }
  }

  #follow(seen: BitSet, ordinal: number, atMs: number): void {
    seen.add(ordinal)
    const delayMs = atMs - (this.#standings.ackedAtMs[ordinal] ?? Number.NaN)
    if (!Number.isNaN(delayMs)) this.#delaysMs.push(delayMs)
  }
}

function copyOf(set: BitSet): BitSet {
  const copy = new BitSet(set.size)
  copy.words.set(set.words)
  return copy
}
