import { DRAW } from '../draws.ts'
import type { Pools } from '../pools.ts'
import { type Fragment, fragmentOf } from '../utf8.ts'
import type { VisitDraws } from './visit-draws.ts'

/** How the visitor came, and what is searched for. */
export interface Way {
  /** `context.campaign` on the page to which a campaign led; empty: none did. */
  readonly campaign: Fragment
  /** The query string with which the visitor arrived. */
  readonly landingSearch: Fragment
  readonly referrer: Fragment
  readonly query: Fragment
  readonly querySearch: Fragment
}

export function drawWay(draws: VisitDraws, pools: Pools): Way {
  const campaign = draws.ofVisit(DRAW.arrival, 4) === 0 ? draws.oneOfVisit(DRAW.campaign, pools.campaigns) : undefined
  const { query, search } = draws.oneOfVisit(DRAW.query, pools.queries)
  return {
    campaign: campaign?.context ?? NONE,
    landingSearch: campaign?.search ?? NONE,
    referrer: draws.oneOfVisit(DRAW.referrer, pools.referrers),
    query,
    querySearch: search,
  }
}

const NONE = fragmentOf('')
