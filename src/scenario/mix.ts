import { z } from 'zod'
import { JOURNEY_NAMES, MIXES, type Mix } from '../model/mix.ts'
import { ScenarioError } from '../model/scenario-error.ts'
import { keyOf, notOneOf } from './fields.ts'

/** A mix by its name, or journeys and how often each of them comes beside the others. */
export type StatedMix = string | Mix

const NAMES = Object.keys(MIXES)
const WEIGHT_MAX = 100

export const mixSchema: z.ZodType<StatedMix> = z.union(
  [z.enum(NAMES), z.record(keyOf(JOURNEY_NAMES), z.int().min(1).max(WEIGHT_MAX))],
  { error: ({ input }) => complaint(input) },
)

/** @throws ScenarioError for a mix of nothing, where there are no events of the author's own either */
export function checkMix(mix: StatedMix | undefined, ownEvents: number): void {
  if (typeof mix !== 'object' || Object.keys(mix).length > 0 || ownEvents > 0) return
  throw new ScenarioError(['mix'], HOW)
}

function complaint(stated: unknown): string {
  if (typeof stated === 'string') return notOneOf(stated, NAMES)
  const journeys = typeof stated === 'object' && stated !== null ? Object.keys(stated) : []
  const unknown = journeys.find((name) => !JOURNEY_NAMES.includes(name))
  if (unknown !== undefined) return notOneOf(unknown, JOURNEY_NAMES)
  return HOW
}

const HOW = `write a mix by its name (${NAMES.join(', ')}), or journeys with weights from 1 to ${WEIGHT_MAX}, such as {shopping: 3, browsing: 5}`

/** @param stated known to the schema */
export function mixOf(stated: StatedMix = 'default'): Mix {
  return typeof stated === 'string' ? MIXES[stated]! : stated
}
