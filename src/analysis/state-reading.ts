import { hashText } from '../model/hash.ts'
import type { StateLine } from '../model/state.ts'
import { NOTHING, type Origins, originsOf } from './state-origins.ts'
import type { Roster } from './state-roster.ts'

/** One reading of the final states from their beginning: keeps where values come from, never the lines. */
export class StateReading {
  lines = 0
  /** Traits of which some user of this run has a value. */
  readonly kept: ReadonlySet<string>
  readonly #kept = new Set<string>()
  readonly #roster: Roster
  /** By user and namespace. */
  readonly #origins = new Map<number, (Origins | undefined)[]>()
  #mark = 0

  constructor(roster: Roster) {
    this.#roster = roster
    this.kept = this.#kept
  }

  /** Of two lines of one user the later counts. */
  take({ userId, traits }: StateLine): void {
    const whose = this.#roster.whose(userId)
    if (whose === undefined) return
    this.lines++
    const origins = originsOf(this.#roster, whose, traits)
    for (const [trait, origin] of origins.byTrait) if (origin !== NOTHING) this.#kept.add(trait)
    this.#mark += hashText(0, JSON.stringify([userId, ...origins.byTrait, origins.foreign]))
    const known = this.#origins.get(whose.user)
    if (known === undefined) this.#origins.set(whose.user, slots(this.#roster.namespaces, whose.namespace, origins))
    else known[whose.namespace] = origins
  }

  /** What the state says of a user, by namespace; undefined where it has no line. */
  originsOf(user: number): readonly (Origins | undefined)[] {
    return this.#origins.get(user) ?? slots(this.#roster.namespaces)
  }

  /** Whether both readings say the same, in whatever order. */
  agrees(other: StateReading): boolean {
    return this.lines === other.lines && this.#mark === other.#mark
  }
}

function slots(namespaces: number, namespace = -1, origins?: Origins): (Origins | undefined)[] {
  return Array.from({ length: namespaces }, (_, i) => (i === namespace ? origins : undefined))
}
