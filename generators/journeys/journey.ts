import type { Call } from '../calls/call.ts'
import type { CommonPlace } from '../pools.ts'

/** What one visitor does, step by step, on one client. */
export interface Journey {
  readonly client: ClientChoice
  /** The first step at which the user is known; Infinity: the visitor stays anonymous. */
  readonly knownFrom: number
  /** Whether the user comes again. */
  readonly returns: boolean
  /** Products put into the cart. */
  readonly lines: number
  /** Whether the visitor has a coupon for certain. */
  readonly couponed: boolean
  readonly steps: readonly Step[]
}

/** `service`: another company's back end, over plain HTTP. */
export type ClientChoice = 'web' | 'mobile' | 'server' | 'service'

export interface Step {
  readonly call: Call
  /** The page on which it happens; clients other than web have none. */
  readonly place: Place
  /** The page before it; undefined on the page where the visit began. */
  readonly from: Place | undefined
}

export type Place = CommonPlace | 'category' | 'product' | 'other'

interface JourneyTraits {
  /** The user was known before the journey began. */
  readonly known?: boolean
  readonly returns?: boolean
  readonly lines?: number
  readonly couponed?: boolean
}

/** A journey through the pages of the shop's site. A journey makes one identify and one group call at most. */
export function webJourney(traits: JourneyTraits, calls: readonly (readonly [Place, Call])[]): Journey {
  const places = calls.map(([place]) => place)
  const steps = calls.map(([place, call], i) => ({ call, place, from: places[arrivalAt(places, i) - 1] }))
  return journey('web', traits, steps)
}

/** A journey without pages. */
export function appJourney(client: ClientChoice, traits: JourneyTraits, calls: readonly Call[]): Journey {
  const steps = calls.map((call) => ({ call, place: 'home' as const, from: undefined }))
  return journey(client, traits, steps)
}

function journey(client: ClientChoice, traits: JourneyTraits, steps: readonly Step[]): Journey {
  const { known = false, returns = false, lines = 0, couponed = false } = traits
  const first = steps.findIndex(({ call }) => call.type === 'identify' || call.type === 'alias')
  const knownFrom = known ? 0 : first === -1 ? Number.POSITIVE_INFINITY : first
  return { client, knownFrom, returns, lines, couponed, steps }
}

/** The step at which the visitor came to the page where step i happens. */
function arrivalAt(places: readonly Place[], i: number): number {
  let arrival = i
  while (arrival > 0 && places[arrival - 1] === places[i]) arrival--
  return arrival
}
