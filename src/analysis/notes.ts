import type { MarkObservation } from '../model/observation.ts'
import type { Report } from '../model/report.ts'

const SHOWN: ReadonlySet<MarkObservation['mark']> = new Set(['signal', 'restart', 'stall', 'trouble'])
/** A run in trouble may repeat itself. */
const NOTES_MAX = 1000

/** What happened on the way, for people. */
export class Notes {
  readonly #notes: { atS: number; text: string }[] = []

  mark(o: MarkObservation): void {
    if (o.mark === 'stopped') this.add(o.atMs, `stopped by ${o.text}: nothing more was started`)
    else if (SHOWN.has(o.mark)) this.add(o.atMs, o.text === '' ? o.mark : o.text)
  }

  add(atMs: number, text: string): void {
    if (this.#notes.length < NOTES_MAX) this.#notes.push({ atS: Math.round(atMs) / 1000, text })
  }

  /** In order of time. */
  list(): Report['notes'] {
    return this.#notes.toSorted((a, b) => a.atS - b.atS || (a.text < b.text ? -1 : Number(a.text > b.text)))
  }
}
