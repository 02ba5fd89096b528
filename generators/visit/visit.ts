import type { Client } from '../clients/client.ts'
import { clientOf } from '../clients/client-of.ts'
import { DRAW } from '../draws.ts'
import type { Identifiers } from '../identifiers.ts'
import type { Journey } from '../journeys/journey.ts'
import type { Pools } from '../pools.ts'
import { drawPurchase, type Purchase } from './purchase.ts'
import type { VisitDraws } from './visit-draws.ts'
import { Visitor } from './visitor.ts'
import { drawWay, type Way } from './way.ts'

/**
 * One visitor going through one journey, drawn from the seed and from whose visit it is. The namespace is in the identifiers and
 * in nothing else.
 */
export interface Visit {
  readonly journey: Journey
  readonly client: Client
  readonly draws: VisitDraws
  /** The instant of the first event, in epoch milliseconds. */
  readonly startMs: number
  readonly pools: Pools
  readonly visitor: Visitor
  readonly purchase: Purchase
  readonly way: Way
}

/** What all visits of a run share. */
export interface Cast {
  readonly pools: Pools
  readonly identifiers: Identifiers
  /** Whose events they all are; absent: each journey is seen through a library of its own. */
  readonly client?: Client
}

/** Whose visit it is, and which. */
export interface VisitKey {
  readonly journey: Journey
  readonly namespace: number
  readonly draws: VisitDraws
  readonly startMs: number
}

export function drawVisit(cast: Cast, key: VisitKey): Visit {
  const { pools, identifiers } = cast
  const { journey, draws } = key
  const client = drawClient(cast, journey, draws)
  const person = draws.oneOfUser(DRAW.person, pools.people)
  return new DrawnVisit(key, pools, client, new Visitor(identifiers, pools, key, client, person))
}

/** The library that such a visit's events come from. */
export function drawClient({ client }: Pick<Cast, 'client'>, journey: Journey, draws: VisitDraws): Client {
  return client ?? clientOf(journey, draws)
}

/** Purchase and way are drawn when they are first asked for: many visits need neither. */
class DrawnVisit implements Visit {
  readonly journey: Journey
  readonly client: Client
  readonly draws: VisitDraws
  readonly startMs: number
  readonly pools: Pools
  readonly visitor: Visitor
  private drawnPurchase: Purchase | undefined
  private drawnWay: Way | undefined

  constructor({ journey, draws, startMs }: VisitKey, pools: Pools, client: Client, visitor: Visitor) {
    this.journey = journey
    this.client = client
    this.draws = draws
    this.startMs = startMs
    this.pools = pools
    this.visitor = visitor
  }

  get purchase(): Purchase {
    this.drawnPurchase ??= drawPurchase(this.draws, this.pools, this.journey)
    return this.drawnPurchase
  }

  get way(): Way {
    this.drawnWay ??= drawWay(this.draws, this.pools)
    return this.drawnWay
  }
}
