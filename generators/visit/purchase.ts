import { DRAW } from '../draws.ts'
import type { Journey } from '../journeys/journey.ts'
import type { Category, Pools } from '../pools.ts'
import { type Basket, type BasketLine, drawBasket } from './basket.ts'
import type { VisitDraws } from './visit-draws.ts'

/** What the visitor looks at, and what of it is bought. */
export interface Purchase {
  readonly category: Category
  /** The products that the visitor sees, one of each. */
  readonly shelf: readonly BasketLine[]
  /** A long list of products, for who shows everything on one page. */
  readonly catalogue: readonly BasketLine[]
  readonly basket: Basket
}

export function drawPurchase(draws: VisitDraws, pools: Pools, { lines, couponed }: Journey): Purchase {
  const category = draws.oneOfVisit(DRAW.category, pools.categories)
  const shelf = draws.oneOfVisit(DRAW.shelf, category.shelves)
  let basket: Basket | undefined
  return {
    category,
    shelf,
    get catalogue(): readonly BasketLine[] {
      return pools.catalogue.slice(0, catalogueLength(draws, pools.catalogue.length))
    },
    get basket(): Basket {
      basket ??= drawBasket(draws, pools, shelf, lines, couponed)
      return basket
    },
  }
}

/** Mostly short, now and then as long as it can be. */
function catalogueLength(draws: VisitDraws, longest: number): number {
  const share = draws.ofVisit(DRAW.catalogue, 1000) / 1000
  return 5 + Math.floor((longest - 4) * share * share)
}
