import { type Cycle, type CycleBlock, suiteOf } from './cycle.ts'
import { DRAW, drawBelow } from './draws.ts'
import type { Journey } from './journeys/journey.ts'
import { interleave, type Layout } from './layout.ts'
import type { PhaseSpan } from './phase-spans.ts'
import { type Population, populationOf, regularOf } from './population.ts'

/** What a message is, by numbers without the namespace. */
export interface Slot {
  readonly span: PhaseSpan
  /** The message itself, or the one whose twin it is. */
  readonly n: number
  readonly journey: Journey
  readonly step: number
  readonly visit: number
  /** Where the visit has its place: the turn in which it began, the block of the cycle, the place among the block's visits. */
  readonly begun: number
  readonly block: number
  readonly place: number
}

/**
 * Whose journeys the messages of a run are, and which steps of them. Each phase is filled by turns of the mix's cycle; a visit begins
 * in one turn and goes on in later ones, at the same place of each. So what a message is follows from its number alone.
 */
export class Blocks {
  private readonly seed: number
  private readonly cycle: Cycle
  private readonly first: Layout
  /** Made at need: whoever plays a few messages needs few of them. */
  private readonly layouts: Layout[] = []
  /** Which layouts the turns under way have, by the turn's and the block's number. */
  private readonly keptFor: number[] = new Array(KEPT).fill(-1)
  private readonly kept: Layout[] = []
  private readonly populations: ReadonlyMap<PhaseSpan, Population>

  constructor(seed: number, cycle: Cycle, spans: readonly PhaseSpan[]) {
    this.seed = seed
    this.cycle = cycle
    this.first = interleave(cycle.blocks[0]!.journeys, seed, 0, suiteOf(cycle))
    this.populations = new Map(spans.map((span) => [span, populationOf(span, cycle.blocks.length)]))
  }

  /** What message n of a span is: a twin is what its source is. */
  slotOf(n: number, span: PhaseSpan): Slot {
    const { cycle } = this
    const turn = Math.floor((n - span.first) / cycle.length)
    const within = n - span.first - turn * cycle.length
    const block = this.blockAt(within)
    const { from, journeys } = cycle.blocks[block]!
    const layout = this.layoutOf(span, turn, block)
    const at = within - from
    const source = at === layout.twin ? layout.source : at
    const place = layout.placeAt[source]!
    const step = layout.stepAt[source]!
    const journey = journeys[place]!
    const begun = turn - turnsSince(span, place, step, journey.steps.length)
    const visit = ((span.base + span.reach + begun) * cycle.blocks.length + block) * cycle.placesMax + place
    return { span, n: n - at + source, journey, step, visit, begun, block, place }
  }

  userOf({ span, journey, visit, begun, block, place }: Slot): number {
    return journey.returns ? this.userNumber(span, begun, block, place) : visit
  }

  /** The first message of the visit. It lies before the phase where the visit was under way when the phase began. */
  firstOf({ span, begun, block, place }: Slot): number {
    const slot = this.layoutOf(span, begun, block).firstSlot[place]!
    return span.first + begun * this.cycle.length + this.cycle.blocks[block]!.from + slot
  }

  /** The block that holds the message at this place of the cycle: they are about equally long. */
  private blockAt(within: number): number {
    const { blocks, length } = this.cycle
    let block = Math.floor((within * blocks.length) / length)
    while (blocks[block]!.from > within) block--
    while (endOf(blocks[block]!) <= within) block++
    return block
  }

  private layoutOf(span: PhaseSpan, turn: number, block: number): Layout {
    if (turn === 0 && block === 0 && span.first === 0) return this.first
    const turns = (span.base + span.reach + turn) * this.cycle.blocks.length + block
    const at = turns % KEPT
    if (this.keptFor[at] === turns) return this.kept[at]!
    this.keptFor[at] = turns
    this.kept[at] = this.drawLayout(turns, block)
    return this.kept[at]
  }

  private drawLayout(turns: number, block: number): Layout {
    const layout = block * LAYOUTS + drawBelow(this.seed, DRAW.layout, turns, LAYOUTS)
    this.layouts[layout] ??= interleave(this.cycle.blocks[block]!.journeys, this.seed, 1 + layout, [])
    return this.layouts[layout]
  }

  /** Nobody returns in another phase, whose clock runs beside this one's. */
  private userNumber(span: PhaseSpan, begun: number, block: number, place: number): number {
    const { blocks, placesMax } = this.cycle
    const rank = regularOf(this.populations.get(span)!, span.reach + begun, block * placesMax + place)
    return (span.base + rank) * blocks.length * placesMax + blocks[block]!.families[place]!
  }
}

/**
 * How many turns after the visit's beginning a step comes. The same place of another block takes its time otherwise; a visit's
 * steps never change places.
 */
function turnsSince(span: PhaseSpan, place: number, step: number, steps: number): number {
  const tempo = TEMPI[place % TEMPI.length]!
  return Math.floor((step * span.reach * tempo) / steps)
}

function endOf({ from, size }: CycleBlock): number {
  return from + size
}

const LAYOUTS = 8
const KEPT = 64
/** By which share of the longest possible time a visit lasts. */
const TEMPI = [0.5, 1, 0.25, 0.75, 0.4, 0.9, 0.6]
