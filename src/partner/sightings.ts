import type { Sighting } from './visit.ts'

/** A receiver's memory of which messages it has met, stored or not. Lost when the receiver dies. */
export class Sightings {
  readonly #byMessage = new Map<string, Sighting>()

  /** What was known before this meeting, which is then remembered. */
  meet(message: string, nowMs: number): Sighting {
    const before = this.#byMessage.get(message) ?? { seen: 0, firstAtMs: nowMs }
    this.#byMessage.set(message, { seen: before.seen + 1, firstAtMs: before.firstAtMs })
    return before
  }
}
