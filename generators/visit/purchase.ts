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

export function drawPurchase(draws: VisitDraws, pools: Pools, journey: Journey): Purchase {
  return new DrawnPurchase(draws, pools, journey)
}

/** Catalogue and basket are drawn when they are asked for. */
class DrawnPurchase implements Purchase {
  readonly category: Category
  readonly shelf: readonly BasketLine[]
  private readonly draws: VisitDraws
  private readonly pools: Pools
  private readonly journey: Journey
  private drawnBasket: Basket | undefined

  constructor(draws: VisitDraws, pools: Pools, journey: Journey) {
    this.draws = draws
    this.pools = pools
    this.journey = journey
    this.category = draws.oneOfVisit(DRAW.category, pools.categories)
    this.shelf = draws.oneOfVisit(DRAW.shelf, this.category.shelves)
  }

  get catalogue(): readonly BasketLine[] {
    const { catalogue } = this.pools
    return catalogue.slice(0, catalogueLength(this.draws, catalogue.length))
  }

  get basket(): Basket {
    const { lines, couponed } = this.journey
    this.drawnBasket ??= drawBasket(this.draws, this.pools, this.shelf, lines, couponed)
    return this.drawnBasket
  }
}

/** Mostly short, now and then as long as it can be. */
function catalogueLength(draws: VisitDraws, longest: number): number {
  const share = draws.ofVisit(DRAW.catalogue, 1000) / 1000
  return 5 + Math.floor((longest - 4) * share * share)
}
