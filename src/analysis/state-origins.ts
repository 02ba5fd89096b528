import { firstDifference } from './audit-difference.ts'
import { instantMs } from './audit-instant.ts'
import { shownValue } from './audit-shown.ts'
import type { Roster, Whose } from './state-roster.ts'

/** The state does not hold the trait, or holds null where no event says null. */
export const NOTHING = -1
/** The state holds a value that none of the user's events carried. */
export const FOREIGN = -2

/**
 * Of each trait that a user's events set: the first of them, by event time, that carried the value which the state holds. Identifiers
 * carry their namespace, origins do not: so states of one person in two namespaces are equal if their origins are.
 */
export interface Origins {
  readonly byTrait: ReadonlyMap<string, number>
  /** A foreign value, for people; empty if there is none. */
  readonly foreign: string
}

/** What the traits in a state come from. Traits that no event sets are the store's own. */
export function originsOf(roster: Roster, whose: Whose, traits: Readonly<Record<string, unknown>>): Origins {
  const events = (roster.identifies.get(whose.user) ?? []).map((n) => [n, roster.traitsOf(whose.namespace, n)] as const)
  const names = new Set(events.flatMap(([, sent]) => Object.keys(sent)))
  const byTrait = new Map<string, number>()
  let foreign = ''
  for (const name of names) {
    const stored = Object.hasOwn(traits, name) ? traits[name] : undefined
    const origin = events.find(([, sent]) => Object.hasOwn(sent, name) && isSame(sent[name], stored))
    const none = stored == null ? NOTHING : FOREIGN
    byTrait.set(name, origin?.[0] ?? none)
    if (origin === undefined && none === FOREIGN && foreign === '') foreign = shownValue(stored)
  }
  return { byTrait, foreign }
}

/** Absent and null are one: stores differ in how they forget. Columns of a table know neither booleans nor lists nor ISO instants. */
export function isSame(sent: unknown, stored: unknown): boolean {
  if (sent == null || stored == null) return sent == null && stored == null
  if (typeof sent === 'boolean') return stored === sent || stored === Number(sent)
  if (firstDifference(sent, stored, '') === null) return true
  if (typeof sent === 'object') return typeof stored === 'string' && firstDifference(sent, parsed(stored), '') === null
  return isInstant(sent) && instantMs(stored) === instantMs(sent)
}

function isInstant(sent: unknown): boolean {
  return typeof sent === 'string' && /^\d{4}-\d\d-\d\dT/.test(sent)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
