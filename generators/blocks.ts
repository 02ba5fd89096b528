import { DRAW, drawBelow } from './draws.ts'
import type { Journey } from './journeys/journey.ts'
import { BLOCK_SIZE, interleave, type Layout } from './layout.ts'
import type { Moments } from './moments.ts'

/** What a message is, by numbers without the namespace. */
export interface Slot {
  /** The message itself, or the one whose twin it is. */
  readonly n: number
  readonly journey: Journey
  readonly step: number
  readonly user: number
  readonly visit: number
  /** The first message of the visit. */
  readonly firstN: number
}

/** How a run's blocks of messages are laid out, and whose journeys they hold. Blocks are numbered without the namespace. */
export class Blocks {
  private readonly seed: number
  private readonly journeys: readonly Journey[]
  private readonly moments: Moments
  private readonly first: Layout
  private readonly others: readonly Layout[]

  /** @param opening what block 0 begins with: places in `journeys` */
  constructor(seed: number, journeys: readonly Journey[], opening: readonly number[], moments: Moments) {
    this.seed = seed
    this.journeys = journeys
    this.moments = moments
    this.first = interleave(journeys, seed, 0, opening)
    this.others = Array.from({ length: LAYOUTS }, (_, i) => interleave(journeys, seed, i + 1, []))
  }

  /** What message n is: a twin is what its source is. */
  slotOf(n: number): Slot {
    const block = Math.floor(n / BLOCK_SIZE)
    const layout = this.layoutOf(block)
    const at = n - block * BLOCK_SIZE
    const source = at === layout.twin ? layout.source : at
    const place = layout.journeyAt[source]!
    return {
      n: block * BLOCK_SIZE + source,
      journey: this.journeys[place]!,
      step: layout.stepAt[source]!,
      user: this.userNumber(block, place),
      visit: block * NUMBERS_PER_BLOCK + place,
      firstN: block * BLOCK_SIZE + layout.firstSlot[place]!,
    }
  }

  private layoutOf(block: number): Layout {
    if (block === 0) return this.first
    return this.others[drawBelow(this.seed, DRAW.layout, block, LAYOUTS)]!
  }

  /**
   * Whose journey it is. A user who returns comes in up to four blocks, five apart, so that two calls of one user are at least
   * 400 messages apart: four milliseconds at 100 000 a second. Nobody returns in another phase, whose clock runs beside this
   * one's.
   */
  private userNumber(block: number, journey: number): number {
    const first = this.journeys[journey]!.returns ? this.firstVisit(block) : block
    return first * NUMBERS_PER_BLOCK + journey
  }

  private firstVisit(block: number): number {
    const visits = Math.floor((block % (VISITS * RETURN_BLOCKS)) / RETURN_BLOCKS)
    let first = block
    for (let i = 0; i < visits && this.within(first - RETURN_BLOCKS, block); i++) first -= RETURN_BLOCKS
    return first
  }

  private within(fromBlock: number, toBlock: number): boolean {
    const last = toBlock * BLOCK_SIZE + BLOCK_SIZE - 1
    return this.moments.phaseOf(fromBlock * BLOCK_SIZE) === this.moments.phaseOf(last)
  }
}

const LAYOUTS = 16
const VISITS = 4
const RETURN_BLOCKS = 5
/** More than there are journeys in a mix. */
const NUMBERS_PER_BLOCK = 16
