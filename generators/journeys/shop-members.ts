import type { Members } from '../calls/call.ts'
import { all, cents, drawn, json, oneOf, text, uuid, whole } from '../calls/properties.ts'
import type { BasketLine } from '../visit/basket.ts'
import type { Visit } from '../visit/visit.ts'
import { writeLines, writeProduct } from './product-line.ts'

/** What the events of the shop say about the visitor's cart, order and the products in them. */

export const cartId: Members = uuid('cart_id', 'cart')
export const checkoutId: Members = uuid('checkout_id', 'checkout')
export const orderId: Members = text('order_id', (writer, visit) => visit.visitor.writeOrderId(writer))
export const currency: Members = json('currency', ({ pools }) => pools.shop.currency)
export const revenueAs = (key: string): Members => cents(key, ({ purchase }) => purchase.basket.revenueCents)
export const total: Members = cents('total', ({ purchase }) => purchase.basket.totalCents)
export const discount: Members = cents('discount', ({ purchase }) => purchase.basket.discountCents)
export const couponCode: Members = json('coupon', ({ purchase }) => purchase.basket.coupon)
export const couponId: Members = json('coupon_id', ({ purchase }) => purchase.basket.coupon)
export const basketLines: Members = lines(({ purchase }) => purchase.basket.lines)
export const shelfLines: Members = lines(({ purchase }) => purchase.shelf)
export const catalogueLines: Members = lines((visit) => visit.purchase.catalogue)

/** How an order's money comes about: revenue = the lines − discount, total = revenue + tax + shipping. */
export const money: Members = all(
  json('affiliation', ({ pools }) => pools.shop.affiliation),
  revenueAs('revenue'),
  cents('shipping', ({ purchase }) => purchase.basket.shippingCents),
  cents('tax', ({ purchase }) => purchase.basket.taxCents),
  discount,
  couponCode,
  currency,
  basketLines,
)

export const couponName: Members = oneOf('coupon_name', ['Welcome back', 'Größer sparen', 'Season opening'])

export const wishlist: Members = all(
  uuid('wishlist_id', 'wishlist'),
  oneOf('wishlist_name', ['Birthday', 'Für später', 'Kitchen ideas ☕', 'Wishlist']),
)

export const promotion: Members = drawn('promotion', [
  { promotion_id: 'promo_spring', creative: 'top_banner_2', name: '75% off garden', position: 'home_banner_top' },
  { promotion_id: 'promo_0042', creative: 'tile_green', name: 'Café weeks', position: 'home_tile_3' },
  { promotion_id: 'promo_free_ship', creative: 'strip', name: 'Free shipping', position: 'category_strip' },
])

export const sharing: Members = drawn('sharing', [
  { share_via: 'email', share_message: 'Look at this — what do you think?', recipient: 'friend@example.com' },
  { share_via: 'sms', share_message: '¿Te gusta? 😍', recipient: '+1-202-555-0142' },
  { share_via: 'messenger', share_message: 'For the kitchen?', recipient: 'family@example.org' },
])

/** `step` of the checkout and how far the visitor has decided. */
export function checkoutStep(step: number): Members {
  return all(
    whole('step', () => step),
    text('shipping_method', (writer, { purchase }) => writer.ascii(purchase.basket.shippingMethod)),
    text('payment_method', (writer, { purchase }) => writer.ascii(purchase.basket.paymentMethod)),
  )
}

/** @param place on the visitor's shelf */
export function shelfProduct(place: number): Members {
  return [(writer, { purchase }) => writeProduct(writer, purchase.shelf[place]!.product, 1, place + 1)]
}

/** @param place in the visitor's basket */
export function basketProduct(place: number): Members {
  return [
    (writer, { purchase }) => {
      const { product, quantity } = purchase.basket.lines[place]!
      writeProduct(writer, product, quantity, place + 1)
    },
  ]
}

function lines(of: (visit: Visit) => readonly BasketLine[]): Members {
  return ['"products":[{', (writer, visit) => writeLines(writer, of(visit)), '}]']
}
