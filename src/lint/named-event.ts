import { ACCEPTED_NAMES, LEGACY_NAMES, NEAR_NAMES, nameKey, REJECTED_NAMES } from '../model/event-names.ts'
import { nearest } from '../model/nearest.ts'
import { SEMANTIC_EVENTS, type SemanticEvent } from '../model/semantic-events.ts'

/** How the name of an event stands to the Spec's. `own`: it has nothing to do with them. */
export type NameStanding = 'right' | 'spelling' | 'legacy' | 'rejected' | 'near' | 'own'

export interface NamedEvent {
  readonly standing: NameStanding
  /** The Spec's name for it; empty for an event of one's own. */
  readonly rightName: string
  /** What the Spec says about an event of just this name. */
  readonly semantic: SemanticEvent | undefined
}

/** The Spec's names as they are to be used: those of the first e-commerce spec are old. */
const RIGHT_NAMES: readonly string[] = [...SEMANTIC_EVENTS.values()]
  .filter(({ spec }) => spec !== 'ecommerce-v1')
  .map(({ name }) => name)
const NAME_OF_KEY: ReadonlyMap<string, string> = new Map(RIGHT_NAMES.map((name) => [nameKey(name), name]))
const RIGHT: ReadonlySet<string> = new Set(RIGHT_NAMES)

/** Longer ones are nobody's slip, and would take long to compare. */
const NAME_MAX_CHARS = 60
/** One letter in so many may be off: more, and `Product Rated` would be taken for `Product Viewed`. */
const CHARS_PER_SLIP = 8

/**
 * What a name is, by all that is known about names.
 * @param slips whether it is also held against the Spec's names letter by letter, which takes a while
 */
export function namedEvent(name: string, slips: boolean): NamedEvent {
  const semantic = SEMANTIC_EVENTS.get(name)
  if (RIGHT.has(name) || ACCEPTED_NAMES.has(name)) return { standing: 'right', rightName: name, semantic }
  const [standing, rightName] = standingOf(name, slips)
  return { standing, rightName, semantic }
}

function standingOf(name: string, slips: boolean): [standing: NameStanding, rightName: string] {
  if (name.length > NAME_MAX_CHARS) return ['own', '']
  const key = nameKey(name)
  for (const [standing, names] of TABLES) {
    const right = names.get(key)
    if (right !== undefined) return [standing, right]
  }
  if (!slips) return ['own', '']
  const near = nearest(name, RIGHT_NAMES, Math.max(1, Math.floor(name.length / CHARS_PER_SLIP)))
  return near === undefined ? ['own', ''] : ['near', near]
}

const TABLES: readonly (readonly [NameStanding, ReadonlyMap<string, string>])[] = [
  ['rejected', REJECTED_NAMES],
  ['spelling', NAME_OF_KEY],
  ['legacy', LEGACY_NAMES],
  ['near', NEAR_NAMES],
]
