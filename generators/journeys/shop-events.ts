import type { Call, Members } from '../calls/call.ts'
import { all, cents, fixed, json, oneOf, uuid } from '../calls/properties.ts'
import { track } from '../calls/track.ts'
import {
  basketLines,
  basketProduct,
  cartId,
  catalogueLines,
  checkoutId,
  checkoutStep,
  couponId,
  couponName,
  currency,
  discount,
  money,
  orderId,
  promotion,
  revenueAs,
  sharing,
  shelfLines,
  shelfProduct,
  total,
  wishlist,
} from './shop-members.ts'

/** The events of the ecommerce spec. `place` is a product's on the visitor's shelf or in the basket. */

const category: Members = [(writer, { purchase }) => writer.put(purchase.category.list)]

export const productsSearched: Call = track(
  'Products Searched',
  json('query', ({ way }) => way.query),
)
export const productListViewed: Call = track('Product List Viewed', category, shelfLines)
export const catalogueViewed: Call = track('Product List Viewed', category, catalogueLines)
export const productListFiltered: Call = track(
  'Product List Filtered',
  category,
  fixed({
    filters: [
      { type: 'department', value: 'home' },
      { type: 'price', value: 'under-50' },
    ],
    sorts: [{ type: 'price', value: 'desc' }],
  }),
  shelfLines,
)
export const promotionViewed: Call = track('Promotion Viewed', promotion)
export const promotionClicked: Call = track('Promotion Clicked', promotion)
export const productClicked: Call = track('Product Clicked', shelfProduct(0))
export const productViewed = (place: number): Call =>
  track(
    'Product Viewed',
    shelfProduct(place),
    currency,
    cents('value', ({ purchase }) => purchase.shelf[place]!.product.priceCents),
  )
export const productAdded = (place: number): Call => track('Product Added', cartId, basketProduct(place))
/** What is put back before it is paid for. */
export const extraAdded = (place: number): Call => track('Product Added', cartId, shelfProduct(place))
export const productRemoved = (place: number): Call => track('Product Removed', cartId, shelfProduct(place))
export const cartViewed: Call = track('Cart Viewed', cartId, basketLines)

export const checkoutStarted: Call = track('Checkout Started', orderId, revenueAs('value'), money)
export const checkoutStepViewed = (step: number): Call => track('Checkout Step Viewed', checkoutId, checkoutStep(step))
export const checkoutStepCompleted = (step: number): Call =>
  track('Checkout Step Completed', checkoutId, checkoutStep(step))
export const paymentInfoEntered: Call = track('Payment Info Entered', checkoutId, orderId, checkoutStep(2))
export const orderCompleted: Call = track('Order Completed', checkoutId, orderId, revenueAs('subtotal'), total, money)
export const orderUpdated: Call = track('Order Updated', orderId, total, money)
export const orderCancelled: Call = track('Order Cancelled', orderId, total, money)
export const orderRefunded: Call = track('Order Refunded', orderId, total, currency, basketLines)

export const couponEntered: Call = track('Coupon Entered', orderId, cartId, couponId)
export const couponApplied: Call = track('Coupon Applied', orderId, cartId, couponId, couponName, discount)
export const couponRemoved: Call = track('Coupon Removed', orderId, cartId, couponId, couponName, discount)
export const couponDenied: Call = track(
  'Coupon Denied',
  orderId,
  cartId,
  fixed({ coupon_id: 'SUMMER00', coupon_name: 'Summer of last year' }),
  oneOf('reason', ['Coupon expired', 'Not for this category', 'Coupon already used']),
)

export const wishlistProductAdded: Call = track('Product Added to Wishlist', wishlist, shelfProduct(0))
export const wishlistProductRemoved: Call = track('Product Removed from Wishlist', wishlist, shelfProduct(0))
export const wishlistProductToCart: Call = track('Wishlist Product Added to Cart', wishlist, cartId, basketProduct(0))
export const productShared: Call = track('Product Shared', sharing, shelfProduct(0))
export const cartShared: Call = track('Cart Shared', sharing, cartId, basketLines)
export const productReviewed: Call = track(
  'Product Reviewed',
  [(writer, { purchase }) => writer.put(purchase.shelf[0]!.product.id)],
  all(
    uuid('review_id', 'review'),
    oneOf('review_body', [
      'Exactly as described.',
      'Très bon rapport qualité-prix, je recommande !',
      'Arrived late, but it is sturdy.\nWould buy again.',
      'すばらしい',
    ]),
    oneOf('rating', ['5', '4', '3', '5']),
  ),
)
