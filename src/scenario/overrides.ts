import { ScenarioError } from '../model/scenario-error.ts'
import { parseScenario } from './parse.ts'
import type { Scenario } from './schema.ts'

/** What flags say, as text or already as numbers. Each is a field of the scenario, and wins over it. */
export interface ScenarioOverrides {
  readonly rate?: string | undefined
  readonly duration?: string | undefined
  readonly events?: string | number | undefined
  readonly seed?: string | number | undefined
  readonly people?: string | number | undefined
  readonly lanes?: string | number | undefined
  readonly profile?: string | undefined
  readonly engine?: string | undefined
  readonly method?: string | undefined
  readonly batch?: string | number | undefined
  readonly sharedSecret?: string | undefined
  readonly target?: string | undefined
  /** In place of a target of the scenario's, and the other way round. */
  readonly region?: string | undefined
  readonly auth?: string | undefined
  readonly gzip?: boolean | undefined
  readonly writeKey?: string | undefined
  readonly apiKey?: string | undefined
  readonly expiredKey?: string | undefined
  readonly ca?: string | undefined
  readonly cert?: string | undefined
  readonly key?: string | undefined
  /** `Name: value` each. */
  readonly header?: readonly string[] | undefined
  readonly connections?: string | number | undefined
  readonly inFlight?: string | number | undefined
  readonly timeout?: string | undefined
  readonly ceiling?: string | undefined
  readonly warmRequests?: string | number | undefined
  readonly timeScale?: string | number | undefined
  readonly drain?: string | undefined
  readonly receipts?: string | undefined
  readonly state?: string | undefined
  readonly stateRule?: string | undefined
  readonly outbox?: string | undefined
  readonly discards?: string | undefined
  readonly receiptsKey?: string | undefined
  readonly settle?: string | undefined
  readonly restart?: string | undefined
  readonly claim?: string | number | undefined
  readonly declaredRate?: string | undefined
  /** By verdict: what is to be reached. */
  readonly objectives?: Readonly<Record<string, string>> | undefined
  /** By verdict: why it is left out. */
  readonly skip?: Readonly<Record<string, string>> | undefined
}

const NUMBERS: readonly string[] = [
  'events',
  'seed',
  'people',
  'batch',
  'lanes',
  'connections',
  'inFlight',
  'warmRequests',
  'timeScale',
]

/**
 * The scenario with what the flags say in place of its own. `events` drops the scenario's duration, and the other way round; so do `target` and its region.
 *
 * @throws ScenarioError that names the flag
 */
export function withOverrides(scenario: Scenario, overrides: ScenarioOverrides): Scenario {
  const { header = [], objectives, skip, ...plain } = overrides
  const given = Object.fromEntries(Object.entries(plain).flatMap(([field, value]) => fieldOf(field, value)))
  if ('events' in given && 'duration' in given) {
    throw new ScenarioError([], '--events and --duration: one follows from the other; give one of them')
  }
  const merged = {
    ...without(without(scenario, rivalOf(given, 'events', 'duration')), rivalOf(given, 'target', 'region')),
    ...given,
    ...(header.length > 0 && { headers: withHeaders(scenario.headers ?? {}, header) }),
    ...(objectives && { objectives: { ...scenario.objectives, ...objectives } }),
    ...(skip && { skip: { ...scenario.skip, ...skip } }),
  }
  return blamingFlags(merged, [
    ...Object.keys(given),
    ...(header.length > 0 ? ['headers'] : []),
    ...(objectives ? ['objectives'] : []),
    ...(skip ? ['skip'] : []),
  ])
}

function fieldOf(field: string, value: string | number | boolean | undefined): [string, unknown][] {
  if (value === undefined) return []
  const isNumber = NUMBERS.includes(field) && /^-?\d+(\.\d+)?$/.test(`${value}`)
  return [[field, isNumber ? Number(value) : value]]
}

/** Which of two fields a flag has put the other in place of; undefined: none. */
function rivalOf<One extends string, Other extends string>(
  given: object,
  one: One,
  other: Other,
): One | Other | undefined {
  if (one in given && other in given) return undefined
  return one in given ? other : other in given ? one : undefined
}

function without(scenario: Partial<Scenario>, field: keyof Scenario | undefined): Partial<Scenario> {
  if (field === undefined) return scenario
  const { [field]: _, ...rest } = scenario
  return rest
}

/** A flag's header takes the place of the scenario's of the same name, whatever its case. */
function withHeaders(headers: Readonly<Record<string, string>>, lines: readonly string[]): Record<string, string> {
  const merged = { ...headers }
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon < 1) throw new ScenarioError([], `--header: one has no name; write 'Name: value'`)
    const name = line.slice(0, colon).trim()
    for (const other of Object.keys(merged)) if (other.toLowerCase() === name.toLowerCase()) delete merged[other]
    merged[name] = line.slice(colon + 1).trim()
  }
  return merged
}

function blamingFlags(merged: object, given: readonly string[]): Scenario {
  try {
    return parseScenario(merged)
  } catch (error) {
    const [field] = error instanceof ScenarioError ? error.path : []
    if (!(error instanceof ScenarioError) || typeof field !== 'string' || !given.includes(field)) throw error
    throw new ScenarioError([], `${flagOf(field)}: ${error.complaint}`)
  }
}

function flagOf(field: string): string {
  if (field === 'headers') return '--header'
  if (field === 'objectives') return '--objective'
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
