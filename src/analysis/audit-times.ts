import type { AuditFindings } from '../model/audit.ts'
import type { Receipt } from '../model/receipt.ts'
import { byIndex, Examples } from './audit-examples.ts'
import { instantMs } from './audit-instant.ts'
import { shownValue } from './audit-shown.ts'
import { Correction } from './correction.ts'

/** Units in which stores keep event times, in milliseconds, the finest first. */
const UNITS_MS: readonly number[] = [1, 10, 100, 1000, 60_000, 3_600_000, 86_400_000]

/** What a store of seconds with fractions, or of microseconds, loses in floating point. */
const TOLERANCE_MS = 0.01

/** By how much two clocks that are in step may still differ. */
export const IN_STEP_MS = 100

type Misdated = AuditFindings['misdated']['examples'][number]

/**
 * Holds stored event times against the events' instants, for every unit that the store may keep them in at once: its unit is the one
 * that leaves fewest of them at odds, the finest of equals. Within a unit the instant may be cut off or rounded. Where the receiver corrects times by
 * the sender's clock, they may lie behind the events' own by as long as the way took.
 */
export class EventTimes {
  readonly #misdated = UNITS_MS.map(() => new Examples<Misdated>())
  readonly #wayMaxMs: number | undefined
  readonly #correction: Correction | undefined
  #compared = 0
  #read = 0

  /** @param wayMaxMs the longest way that a correction can have added; undefined: times are stored as they were sent */
  constructor(wayMaxMs: number | undefined) {
    this.#wayMaxMs = wayMaxMs
    this.#correction = wayMaxMs === undefined ? undefined : new Correction(wayMaxMs)
  }

  /** @param value the record's event time @returns in which units the time is wrong: a bit for each */
  take(index: number, expectedMs: number, value: unknown, receipt: Receipt): number {
    const storedMs = instantMs(value)
    const isAtOdds = this.#correction?.take(expectedMs, receipt, storedMs) ?? false
    this.#compared++
    if (!Number.isNaN(storedMs)) this.#read++
    let wrongIn = 0
    for (let i = 0; i < UNITS_MS.length; i++) {
      if (!isAtOdds && this.#fits(UNITS_MS[i]!, expectedMs, storedMs)) continue
      wrongIn |= 1 << i
      this.#misdate(i, index, expectedMs, value)
    }
    return wrongIn
  }

  /** Apart, so that only what is wrong makes a closure. */
  #misdate(unit: number, index: number, expectedMs: number, value: unknown): void {
    this.#misdated[unit]!.add(() => shown(index, expectedMs, value))
  }

  /** The bit of the store's own unit. */
  get unitBit(): number {
    return 1 << this.#best()
  }

  findings(): Pick<AuditFindings, 'comparedTime' | 'timeUnitMs' | 'misdated' | 'correction'> {
    const best = this.#best()
    return {
      comparedTime: this.#compared,
      timeUnitMs: this.#read === 0 ? 0 : UNITS_MS[best]!,
      misdated: byIndex(this.#misdated[best]!),
      ...(this.#correction && { correction: this.#correction.facts() }),
    }
  }

  #fits(unitMs: number, expectedMs: number, storedMs: number): boolean {
    return this.#wayMaxMs === undefined
      ? fits(unitMs, expectedMs, storedMs)
      : liesWithin(unitMs, expectedMs - IN_STEP_MS, expectedMs + this.#wayMaxMs + IN_STEP_MS, storedMs)
  }

  #best(): number {
    let best = 0
    for (let i = 1; i < UNITS_MS.length; i++) if (this.#misdated[i]!.count < this.#misdated[best]!.count) best = i
    return best
  }
}

function fits(unitMs: number, expectedMs: number, storedMs: number): boolean {
  const units = expectedMs / unitMs
  if (isNear(Math.floor(units) * unitMs, storedMs) || isNear(Math.round(units) * unitMs, storedMs)) return true
  // A store that is finer than any unit here keeps the microseconds of an instant that has some.
  return unitMs === UNITS_MS[0] && isNear(expectedMs, storedMs)
}

/** Whether a store of this unit may hold so for some instant of the range. */
function liesWithin(unitMs: number, fromMs: number, toMs: number, storedMs: number): boolean {
  const isWhole = unitMs === UNITS_MS[0] || isNear(Math.round(storedMs / unitMs) * unitMs, storedMs)
  return isWhole && storedMs >= Math.floor(fromMs / unitMs) * unitMs && storedMs <= Math.ceil(toMs / unitMs) * unitMs
}

function isNear(aMs: number, bMs: number): boolean {
  return Math.abs(aMs - bMs) < TOLERANCE_MS
}

function shown(index: number, expectedMs: number, value: unknown): Misdated {
  return { index, expected: new Date(expectedMs).toISOString(), actual: shownValue(value) }
}
