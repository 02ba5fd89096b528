import { DRAW } from '../draws.ts'
import type { Pools, Product } from '../pools.ts'
import { type Fragment, fragmentOf } from '../utf8.ts'
import type { VisitDraws } from './visit-draws.ts'

/** What a visitor buys, in whole cents: revenue = the lines − discount, total = revenue + tax + shipping. */
export interface Basket {
  readonly lines: readonly BasketLine[]
  /** JSON: a code or null. */
  readonly coupon: Fragment
  readonly discountCents: number
  /** After the discount, before tax and shipping. */
  readonly revenueCents: number
  readonly taxCents: number
  readonly shippingCents: number
  readonly totalCents: number
  readonly shippingMethod: string
  readonly paymentMethod: string
}

export interface BasketLine {
  readonly product: Product
  readonly quantity: number
}

/** @param couponed whether there is a coupon for certain */
export function drawBasket(
  draws: VisitDraws,
  pools: Pools,
  shelf: readonly BasketLine[],
  count: number,
  couponed: boolean,
): Basket {
  const lines = shelf.slice(0, count).map(({ product }, i) => ({ product, quantity: drawQuantity(draws, i) }))
  const listCents = lines.reduce((sum, line) => sum + line.product.priceCents * line.quantity, 0)
  // Half of the other visitors have no coupon.
  const coupon = pools.coupons[draws.ofVisit(DRAW.coupon, pools.coupons.length * (couponed ? 1 : 2))]
  const discountCents = shareOf(listCents, coupon?.percent ?? 0, 100)
  const revenueCents = listCents - discountCents
  const taxCents = shareOf(revenueCents, pools.shop.taxBasisPoints, 10_000)
  const shipping = SHIPPING[draws.ofVisit(DRAW.shipping, SHIPPING.length)]!
  return {
    lines,
    coupon: coupon?.code ?? NULL,
    discountCents,
    revenueCents,
    taxCents,
    shippingCents: shipping.cents,
    totalCents: revenueCents + taxCents + shipping.cents,
    shippingMethod: shipping.method,
    paymentMethod: PAYMENTS[draws.ofVisit(DRAW.payment, PAYMENTS.length)]!,
  }
}

function drawQuantity(draws: VisitDraws, line: number): number {
  return QUANTITIES[draws.ofVisit(DRAW.quantity, QUANTITIES.length, line)]!
}

/** Whole cents, halves rounded up. */
function shareOf(cents: number, parts: number, whole: number): number {
  return Math.floor((cents * parts + whole / 2) / whole)
}

const NULL = fragmentOf('null')
const QUANTITIES = [1, 1, 1, 1, 1, 2, 2, 3]
const SHIPPING = [
  { method: 'Standard', cents: 490 },
  { method: 'Express', cents: 1250 },
  { method: 'Pick-up', cents: 0 },
]
const PAYMENTS = ['Visa', 'Mastercard', 'PayPal', 'Invoice']
