import type { AuditFindings } from '../model/audit.ts'
import type { BitSet } from '../model/bit-set.ts'
import type { Standings } from '../model/evidence.ts'

/**
 * Whether acknowledged messages could be read within a limit. Those of the last stretch before the first reading are followed: of all others a first
 * reading that finds them says nothing.
 */
export class Timeliness {
  readonly #must: BitSet
  readonly #ackedAtMs: Float32Array
  readonly #limitMs: number
  #missing: readonly number[] | null = null
  #followed = 0
  #late = 0
  #open = 0

  constructor({ must, ackedAtMs }: Standings, limitMs: number) {
    this.#must = must
    this.#ackedAtMs = ackedAtMs
    this.#limitMs = limitMs
  }

  /** @param fromMs begin of the reading, after the run's start; `toMs` its end */
  note(found: BitSet, fromMs: number, toMs: number): void {
    const missing: number[] = []
    for (const ordinal of this.#missing ?? this.#follow(toMs)) {
      if (this.#isStillMissing(found, ordinal, fromMs, toMs)) missing.push(ordinal)
    }
    this.#missing = missing
  }

  facts(): AuditFindings['timeliness'] & {} {
    const open = this.#open + (this.#missing?.length ?? 0)
    return { limitMs: this.#limitMs, followed: this.#followed, late: this.#late, open }
  }

  /** One by one: most of them are found at once. */
  *#follow(toMs: number): Generator<number> {
    for (const [ordinal, ackedAtMs] of this.#ackedAtMs.entries()) {
      if (toMs - ackedAtMs <= this.#limitMs && this.#must.has(ordinal)) {
        this.#followed++
        yield ordinal
      }
    }
  }

  /** It is late once a reading that began after its limit has missed it. */
  #isStillMissing(found: BitSet, ordinal: number, fromMs: number, toMs: number): boolean {
    const dueMs = this.#ackedAtMs[ordinal]! + this.#limitMs
    if (!found.has(ordinal)) {
      if (fromMs < dueMs) return true
      this.#late++
    } else if (toMs > dueMs) this.#open++
    return false
  }
}
