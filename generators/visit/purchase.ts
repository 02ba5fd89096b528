import { DRAW } from '../draws.ts'
import type { Category, Pools } from '../pools.ts'
import { type Basket, type BasketLine, drawBasket } from './basket.ts'
import type { VisitDraws } from './visit-draws.ts'

/** What the visitor looks at, and what of it is bought. */
export interface Purchase {
  readonly category: Category
  /** The products that the visitor sees, one of each. */
  readonly shelf: readonly BasketLine[]
  readonly basket: Basket
}

/** @param lines how many of the products are bought */
export function drawPurchase(draws: VisitDraws, pools: Pools, lines: number): Purchase {
  const category = draws.oneOfVisit(DRAW.category, pools.categories)
  const shelf = draws.oneOfVisit(DRAW.shelf, category.shelves)
  return { category, shelf, basket: drawBasket(draws, pools, shelf, lines) }
}
