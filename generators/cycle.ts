import type { Mix } from '../src/model/mix.ts'
import type { Journey } from './journeys/journey.ts'
import { JOURNEYS } from './journeys/journeys.ts'

/**
 * One turn of a mix: as many visits of each journey as its weight says, dealt out to blocks of about a hundred messages. Traffic is
 * this turn again and again.
 */
export interface Cycle {
  readonly blocks: readonly CycleBlock[]
  /** Messages in one turn, twins included. */
  readonly length: number
  /** Visits in the block that has most of them. */
  readonly placesMax: number
}

export interface CycleBlock {
  /** The place of its first message in the cycle. */
  readonly from: number
  /** Messages: every step of every visit, and one twin. */
  readonly size: number
  readonly journeys: readonly Journey[]
  /** Of each visit: the number of the family that its people belong to; places of one number are about the same people. */
  readonly families: readonly number[]
}

/** @param own journeys that no mix knows, as often as they come in a turn @throws RangeError for a journey that nobody knows */
export function cycleOf(mix: Mix, own: readonly Journey[] = []): Cycle {
  const dealt = deal(visitsOf(mix, own))
  const placesMax = dealt.reduce((most, { length }) => Math.max(length, most), 0)
  const families = familiesOf(dealt, placesMax)
  let from = 0
  const blocks = dealt.map((journeys, block) => {
    const size = stepsIn(journeys) + 1
    from += size
    return { from: from - size, size, journeys, families: families[block]! }
  })
  return { blocks, length: from, placesMax }
}

/** The visits of a turn, in the order in which they are dealt; a small mix comes several times, so that it fills a block. */
function visitsOf(mix: Mix, own: readonly Journey[]): Journey[] {
  const known = Object.entries(mix).flatMap(([name, weight]) => Array.from({ length: weight }, () => journeyOf(name)))
  const once = [...known, ...own]
  const times = Math.floor((STEPS_PER_BLOCK - 1) / stepsIn(once)) + 1
  return Array.from({ length: times }, () => once).flat()
}

function journeyOf(name: string): Journey {
  const journey = JOURNEYS[name]
  if (journey === undefined) throw new RangeError(`there is no journey "${name}"`)
  return journey
}

/** Each visit goes to the block that has least; the first block begins with the suite, where the mix has its journeys. */
function deal(visits: readonly Journey[]): Journey[][] {
  const count = Math.floor(stepsIn(visits) / STEPS_PER_BLOCK)
  const blocks: Journey[][] = Array.from({ length: count }, () => [])
  const rest = [...visits]
  const wanted = SUITE_JOURNEYS.map((name) => journeyOf(name))
  if (wanted.every((journey) => rest.includes(journey))) {
    for (const journey of wanted) blocks[0]!.push(...rest.splice(rest.indexOf(journey), 1))
  }
  for (const journey of rest) leastOf(blocks).push(journey)
  return blocks
}

function leastOf(blocks: readonly Journey[][]): Journey[] {
  return blocks.reduce((least, block) => (stepsIn(block) < stepsIn(least) ? block : least))
}

function stepsIn(journeys: readonly Journey[]): number {
  return journeys.reduce((sum, { steps }) => sum + steps.length, 0)
}

/**
 * Who describes a person (identify, group) shares people only with its like in blocks far away, on the same kind of client, so that no
 * two such calls can fall on one moment. The other journeys of people who return are about the same people: one who shops on the web
 * also opens the app and gets the newsletter.
 */
function familiesOf(dealt: readonly (readonly Journey[])[], placesMax: number): number[][] {
  const hosts = dealt.map((journeys, block) =>
    journeys.map((journey, place) => (isHost(journey) ? hostOf(dealt, block, place, placesMax) : undefined)),
  )
  const known = hosts.flat().filter((family) => family !== undefined)
  let guests = 0
  return dealt.map((journeys, block) =>
    journeys.map((journey, place) => {
      const guestOf = journey.returns ? known[(guests++ * HOST_STRIDE) % known.length] : undefined
      return hosts[block]![place] ?? guestOf ?? block * placesMax + place
    }),
  )
}

/** The family of a journey that describes: that of its like, by its rank among those of its client, in one of the first blocks. */
function hostOf(dealt: readonly (readonly Journey[])[], block: number, place: number, placesMax: number): number {
  const own = block * placesMax + place
  const rounds = Math.floor(dealt.length / BLOCKS_APART)
  if (block >= rounds * BLOCKS_APART) return own
  const { client } = dealt[block]![place]!
  const first = block % BLOCKS_APART
  const rank = likesIn(dealt[block]!, client).indexOf(place)
  const like = likesIn(dealt[first]!, client)[rank]
  return like === undefined ? own : first * placesMax + like
}

/** The places of journeys that describe people who return, on a kind of client. */
function likesIn(journeys: readonly Journey[], client: Journey['client']): number[] {
  return journeys.flatMap((journey, place) => (isHost(journey) && journey.client === client ? place : []))
}

function isHost(journey: Journey): boolean {
  return journey.returns && describes(journey)
}

function describes({ steps }: Journey): boolean {
  return steps.some(({ call }) => call.type === 'identify' || call.type === 'group')
}

const STEPS_PER_BLOCK = 99
const HOST_STRIDE = 7
/** Two places that describe the same people are at least so many blocks apart. */
const BLOCKS_APART = 3

/**
 * How many messages the first of all hold a whole ecommerce journey and, beyond it, each kind of call but delete: what the smoke
 * scenario sends.
 */
export const SUITE_SIZE = 20
const SUITE_JOURNEYS = ['shopping', 'sign-up', 'mobile-session']

/** The visits, by their place in the first block of a cycle, that these messages belong to; none where the mix has no suite. */
export function suiteOf({ blocks }: Cycle): readonly number[] {
  const journeys = blocks[0]!.journeys
  const isThere = SUITE_JOURNEYS.every((name, place) => journeys[place] === journeyOf(name))
  return isThere ? [...Array<number>(14).fill(0), ...Array<number>(4).fill(1), 2, 2] : []
}
