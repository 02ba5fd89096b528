import { hash32 } from '../src/model/hash.ts'
import { DRAW, drawBelow } from './draws.ts'
import type { Journey } from './journeys/journey.ts'

/** Which visit's which step each slot of a block is. */
export interface Layout {
  readonly placeAt: Uint8Array
  readonly stepAt: Uint8Array
  /** The slot whose message is a twin, and the earlier slot that it repeats. */
  readonly twin: number
  readonly source: number
  /** The slot of each visit's first step. */
  readonly firstSlot: readonly number[]
}

/**
 * The steps of all journeys, interleaved by chance, each journey's own in order, and one twin.
 *
 * @param opening places in `journeys` that the block begins with, one for each slot
 */
export function interleave(
  journeys: readonly Journey[],
  seed: number,
  number: number,
  opening: readonly number[],
): Layout {
  const order = [...opening, ...shuffled(remaining(journeys, opening), seed, number)]
  const steps = stepsOf(order)
  const { twin, source } = drawTwin(journeys, order, steps, seed, number, opening.length)
  order.splice(twin, 0, order[source]!)
  steps.splice(twin, 0, steps[source]!)
  const firstSlot = journeys.map((_, journey) => order.indexOf(journey))
  return { placeAt: Uint8Array.from(order), stepAt: Uint8Array.from(steps), twin, source, firstSlot }
}

function remaining(journeys: readonly Journey[], opening: readonly number[]): number[] {
  return journeys.flatMap(({ steps }, journey) => {
    const used = opening.filter((other) => other === journey).length
    return Array.from({ length: steps.length - used }, () => journey)
  })
}

function shuffled(items: readonly number[], seed: number, number: number): number[] {
  const ranked = items.map((item, i) => ({ item, rank: hash32(seed, DRAW.interleaving, number, i) }))
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item)
}

function stepsOf(order: readonly number[]): number[] {
  const done = new Map<number, number>()
  return order.map((journey) => {
    const step = done.get(journey) ?? 0
    done.set(journey, step + 1)
    return step
  })
}

/** A twin comes at most `TWIN_LAG_MAX` slots after its source: a call that may happen twice in one millisecond, where there is one. */
function drawTwin(
  journeys: readonly Journey[],
  order: readonly number[],
  steps: readonly number[],
  seed: number,
  number: number,
  from: number,
): { twin: number; source: number } {
  const first = Math.max(from, TWIN_LAG_MAX)
  const twin = first + drawBelow(seed, DRAW.twin, number, order.length + 1 - first)
  const before = Array.from({ length: TWIN_LAG_MAX }, (_, i) => twin - 1 - i)
  const able = before.filter((slot) => MAY_REPEAT.has(journeys[order[slot]!]!.steps[steps[slot]!]!.call.type))
  const sources = able.length > 0 ? able : before
  return { twin, source: sources[drawBelow(seed, DRAW.twinSource, number, sources.length)]! }
}

const TWIN_LAG_MAX = 12
const MAY_REPEAT: ReadonlySet<string> = new Set(['track', 'page', 'screen'])
