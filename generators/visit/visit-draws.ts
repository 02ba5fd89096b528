import { hash32 } from '../../src/model/hash.ts'
import { drawAbout } from '../draws.ts'
import type { Pool } from '../pool.ts'

/** The draws that make a visit, each named by a member of `DRAW`. What hangs on the user is the same in each of the user's visits. */
export class VisitDraws {
  readonly user: number
  readonly visit: number
  private readonly aboutUser: number
  private readonly aboutVisit: number

  constructor(seed: number, user: number, visit: number) {
    this.user = user
    this.visit = visit
    this.aboutUser = hash32(seed, USER, user)
    this.aboutVisit = hash32(seed, VISIT, visit)
  }

  /** A whole number from 0 to `below` − 1. `nth` tells several draws of one kind apart. */
  ofVisit(draw: number, below: number, nth = 0): number {
    return drawAbout(this.aboutVisit, draw, below, nth)
  }

  ofUser(draw: number, below: number): number {
    return drawAbout(this.aboutUser, draw, below)
  }

  oneOfVisit<Item>(draw: number, items: readonly Item[]): Item {
    return items[this.ofVisit(draw, items.length)]!
  }

  oneOfUser<Item>(draw: number, items: Pool<Item>): Item {
    return items.at(this.ofUser(draw, items.length))!
  }
}

const USER = 0x75736572
const VISIT = 0x76697369
