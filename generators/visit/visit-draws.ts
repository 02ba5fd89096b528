import { hash32 } from '../../src/model/hash.ts'

/** The draws that make a visit, each named by a member of `DRAW`. What hangs on the user is the same in each of the user's visits. */
export class VisitDraws {
  readonly user: number
  readonly visit: number
  private readonly seed: number

  constructor(seed: number, user: number, visit: number) {
    this.seed = seed
    this.user = user
    this.visit = visit
  }

  /** A whole number from 0 to `below` − 1. `nth` tells several draws of one kind apart. */
  ofVisit(draw: number, below: number, nth = 0): number {
    return Math.floor((hash32(this.seed, draw, this.visit, nth) / 4294967296) * below)
  }

  ofUser(draw: number, below: number): number {
    return Math.floor((hash32(this.seed, draw, this.user) / 4294967296) * below)
  }

  oneOfVisit<Item>(draw: number, items: readonly Item[]): Item {
    return items[this.ofVisit(draw, items.length)]!
  }

  oneOfUser<Item>(draw: number, items: readonly Item[]): Item {
    return items[this.ofUser(draw, items.length)]!
  }
}
