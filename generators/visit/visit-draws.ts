import type { SeedDraws } from '../draws.ts'

/** The draws that make a visit, each named by a member of `DRAW`. What hangs on the user is the same in each of the user's visits. */
export class VisitDraws {
  readonly user: number
  readonly visit: number
  private readonly draws: SeedDraws

  constructor(draws: SeedDraws, user: number, visit: number) {
    this.draws = draws
    this.user = user
    this.visit = visit
  }

  /** A whole number from 0 to `below` − 1. `nth` tells several draws of one kind apart. */
  ofVisit(draw: number, below: number, nth = 0): number {
    return this.draws.below(draw, this.visit, below, nth)
  }

  ofUser(draw: number, below: number): number {
    return this.draws.below(draw, this.user, below)
  }

  oneOfVisit<Item>(draw: number, items: readonly Item[]): Item {
    return items[this.ofVisit(draw, items.length)]!
  }

  oneOfUser<Item>(draw: number, items: readonly Item[]): Item {
    return items[this.ofUser(draw, items.length)]!
  }
}
