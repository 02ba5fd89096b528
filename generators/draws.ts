import { hash32, hashOn, hashState, hashText } from '../src/model/hash.ts'

/** What a draw decides. It keeps apart the draws whose other arguments are equal. */
export const DRAW = {
  layout: 1,
  interleaving: 2,
  twin: 3,
  twinSource: 4,
  person: 5,
  latency: 6,
  clockKind: 7,
  clock: 8,
  browser: 9,
  phone: 10,
  platform: 11,
  address: 12,
  referrer: 13,
  campaign: 14,
  query: 15,
  category: 16,
  shelf: 17,
  quantity: 18,
  coupon: 19,
  shipping: 20,
  payment: 21,
  plan: 22,
  points: 23,
  logins: 24,
  newsletter: 25,
  company: 26,
  spend: 27,
  flush: 28,
  network: 29,
  library: 30,
  employees: 31,
  arrival: 32,
  transit: 33,
  tempo: 34,
  offline: 35,
  offlineTime: 36,
  device: 37,
  catalogue: 38,
} as const

/** A whole number from 0 to `below` − 1, drawn for the number `of`. */
export function drawBelow(seed: number, draw: number, of: number, below: number): number {
  return Math.floor((hash32(seed, draw, of) / 4294967296) * below)
}

/** The draws of one seed. What the hash makes of the seed and of what is drawn is kept, which is half of its work. */
export class SeedDraws {
  private readonly seed: number
  private readonly states: Int32Array

  constructor(seed: number) {
    this.seed = seed
    this.states = Int32Array.from({ length: STATES_KEPT }, (_, draw) => hashState(seed, draw))
  }

  /** A whole number from 0 to `below` − 1, drawn for the number `of`. `nth` tells several draws of one kind apart. */
  below(draw: number, of: number, below: number, nth = 0): number {
    const state = draw < STATES_KEPT ? this.states[draw]! : hashState(this.seed, draw)
    return Math.floor((hashOn(state, of, nth) / 4294967296) * below)
  }
}

/** More than `DRAW` has members. */
const STATES_KEPT = 64

/** A draw that only journeys know, by its name: far from those of `DRAW`. */
export function drawNamed(name: string): number {
  return 0x100000000 + hashText(0, name)
}
