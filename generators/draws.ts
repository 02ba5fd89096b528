import { hash32, hashText, mix32 } from '../src/model/hash.ts'

const { floor, imul } = Math

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
  flaw: 39,
  flawName: 40,
  flawForm: 41,
} as const

/** A whole number from 0 to `below` − 1, drawn for the number `of`. */
export function drawBelow(seed: number, draw: number, of: number, below: number): number {
  return floor((hash32(seed, draw, of) / 4294967296) * below)
}

/**
 * A whole number from 0 to `below` − 1, drawn for one thing, whose number is hashed once: each draw is one mixing of that hash. k6's engine
 * takes five times as long to hash again.
 *
 * @param thing a hash of its kind and number
 * @param nth tells several draws of one name apart
 */
export function drawAbout(thing: number, draw: number, below: number, nth = 0): number {
  return floor((mix32(thing + imul(draw, 0x9e3779b1) + imul(nth, 0x85ebca77)) / 4294967296) * below)
}

/** A draw that only journeys know, by its name: far from those of `DRAW`. */
export function drawNamed(name: string): number {
  return hashText(DRAWS_NAMED, name)
}

const DRAWS_NAMED = 0x6e616d65
