import type { Expectation } from './plan.ts'

/** What can be put into an event on purpose, each by its name. */
export interface Flaw {
  readonly name: FlawName
  /** One line. */
  readonly meaning: string
  /** What a sound receiver then does with the event. */
  readonly expects: Expectation
  /** The rule of lint that finds it; empty: nothing is to be said against it. */
  readonly foundBy: string
}

/** Unusual but valid: what production sends. */
const VALID = {
  'version-1': '`version` is 1',
  'version-text': '`version` is the text "1.1"',
  'null-user-id': '`userId` is null, and the anonymousId says who it is',
  'integrations-objects': '`integrations` holds objects beside true and false',
  'snake-case-traits': 'traits in snake_case: `first_name`',
  'v1-names': 'an event name of the first e-commerce spec: `Completed Order`',
  'beyond-bmp': 'emoji, flags and letters beyond U+FFFF, in values and in a key',
  'line-separators': 'U+2028, U+2029 and control characters within texts',
  'number-forms': 'numbers written as 1.0, 1e21 and 1E-7',
  'big-integers': 'whole numbers beyond 2^53',
  'number-like-texts': 'texts that look like numbers: "007", "1e5"',
  'ids-in-case': 'a messageId that differs from another one by case alone',
  'ids-in-normal-form': 'a userId with an é, composed in one and decomposed in another',
  'deep-nesting': 'objects and arrays in each other, 64 levels deep',
  'large-events': 'an event of nearly 32 KB',
  'ip-lists': 'several addresses in `context.ip`, with commas',
  'unknown-fields': 'fields that no Spec knows, at the top and in `context`',
  'offset-times': '`timestamp` with an offset from UTC: 05:30 ahead, 03:30 behind',
  microseconds: '`timestamp` with microseconds',
  'leap-days': '`timestamp` on a 29th of February',
  'dst-edges': '`timestamp` in the hour that a change of the clocks skips or repeats',
  'future-times': '`timestamp` a day, a year or decades ahead',
  'delete-go-time': 'a delete whose `originalTimestamp` is a Go time, not ISO 8601',
  'delete-empty-context': 'a delete whose `context` and `integrations` are empty arrays',
} as const

/** What must be refused, and the rule that finds it. */
const INVALID = {
  'not-json': ['JSON whose last brace is missing', 'bad_request'],
  'not-an-object': ['JSON, but no object', 'bad_request'],
  'no-type': ['no `type`', 'missing_type'],
  'unknown-type': ['a `type` that is none of the calls', 'invalid_type'],
  'no-id': ['neither userId nor anonymousId', 'no_user_anon_id'],
  'id-not-text': ['a `userId` that is a number', 'id_not_string'],
  'no-event-name': ['a track call without `event`', 'event_not_defined'],
  'event-name-not-text': ['a track call whose `event` is an object', 'event_not_string'],
  'properties-not-object': ['`properties` that are a text', 'properties_not_object'],
  'traits-not-object': ['`traits` that are an array', 'traits_not_object'],
  'no-group-id': ['a group call without `groupId`', 'group-id-missing'],
} as const

/** What Segment never sends: a receiver may take it as well as refuse it. */
const ODD = {
  oversized: 'an event of 33 to 64 KB: larger than Segment lets through',
} as const

export type FlawName = keyof typeof VALID | keyof typeof INVALID | keyof typeof ODD

const FOUND_BY: Readonly<Partial<Record<FlawName, string>>> = { 'v1-names': 'legacy-name' }

export const FLAWS: readonly Flaw[] = [
  ...entriesOf(VALID).map(([name, meaning]) => ({
    name,
    meaning,
    expects: 'accepted' as const,
    foundBy: FOUND_BY[name] ?? '',
  })),
  ...entriesOf(INVALID).map(([name, [meaning, foundBy]]) => ({ name, meaning, expects: 'refused' as const, foundBy })),
  ...entriesOf(ODD).map(([name, meaning]) => ({ name, meaning, expects: 'either' as const, foundBy: '' })),
]

const BY_NAME: ReadonlyMap<string, Flaw> = new Map(FLAWS.map((flaw) => [flaw.name, flaw]))

/** Names of the flaws after which this is to be expected of a receiver. */
export function flawNamesBy(expects: Expectation): FlawName[] {
  return FLAWS.filter((flaw) => flaw.expects === expects).map(({ name }) => name)
}

/** Undefined: no flaw is called that. */
export function flawNamed(name: string): Flaw | undefined {
  return BY_NAME.get(name)
}

function entriesOf<Table extends object>(table: Table): [keyof Table, Table[keyof Table]][] {
  return Object.entries(table) as [keyof Table, Table[keyof Table]][]
}
