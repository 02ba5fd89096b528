import { android } from '../clients/android.ts'
import type { Client } from '../clients/client.ts'
import { ios } from '../clients/ios.ts'
import { server } from '../clients/server.ts'
import { web } from '../clients/web.ts'
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
}

/** Whose visit it is, and which. */
export interface VisitKey {
  readonly journey: Journey
  readonly namespace: number
  readonly draws: VisitDraws
  readonly startMs: number
}

export function drawVisit({ pools, identifiers }: Cast, key: VisitKey): Visit {
  const { journey, draws, startMs } = key
  const client = clientOf(journey, draws)
  const person = draws.oneOfUser(DRAW.person, pools.people)
  return {
    journey,
    client,
    draws,
    startMs,
    pools,
    visitor: new Visitor(identifiers, key, client, person),
    purchase: drawPurchase(draws, pools, journey.lines),
    way: drawWay(draws, pools),
  }
}

function clientOf(journey: Journey, draws: VisitDraws): Client {
  if (journey.client === 'web') return web
  if (journey.client === 'server') return server
  return draws.ofUser(DRAW.platform, 2) === 0 ? ios : android
}
