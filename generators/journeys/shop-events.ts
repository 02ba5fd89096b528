import type { ByteWriter } from '../byte-writer.ts'
import type { Call } from '../calls/call.ts'
import { track } from '../calls/track.ts'
import { fragmentOf } from '../utf8.ts'
import type { Basket } from '../visit/basket.ts'
import type { Visit } from '../visit/visit.ts'
import { writeProduct, writeProducts } from './product-line.ts'

export const productsSearched: Call = track('Products Searched', (writer, visit) => {
  writer.put(QUERY)
  writer.put(visit.way.query)
})

export const productListViewed: Call = track('Product List Viewed', (writer, visit) => {
  writer.put(visit.purchase.category.list)
  writer.put(COMMA)
  writeProducts(writer, visit.purchase.shelf)
})

export const productClicked: Call = track('Product Clicked', (writer, visit) => {
  writeProduct(writer, visit.purchase.shelf[0]!.product, 1, 1)
})

/** @param place on the visitor's shelf */
export function productViewed(place: number): Call {
  return track('Product Viewed', (writer, visit) => {
    const { product } = visit.purchase.shelf[place]!
    writeProduct(writer, product, 1, place + 1)
    writer.put(CURRENCY)
    writer.put(visit.pools.shop.currency)
    writer.put(VALUE)
    writer.hundredths(product.priceCents)
  })
}

/** @param place in the visitor's basket */
export function productAdded(place: number): Call {
  return track('Product Added', (writer, visit) => {
    const { product, quantity } = visit.purchase.basket.lines[place]!
    writeCartId(writer, visit)
    writer.put(COMMA)
    writeProduct(writer, product, quantity, place + 1)
  })
}

export const cartViewed: Call = track('Cart Viewed', (writer, visit) => {
  writeCartId(writer, visit)
  writer.put(COMMA)
  writeProducts(writer, visit.purchase.basket.lines)
})

export const checkoutStarted: Call = track('Checkout Started', (writer, visit) => {
  writeOrderId(writer, visit)
  writer.put(VALUE)
  writer.hundredths(visit.purchase.basket.revenueCents)
  writeMoney(writer, visit, visit.purchase.basket)
})

export const paymentInfoEntered: Call = track('Payment Info Entered', (writer, visit) => {
  writeCheckoutId(writer, visit)
  writer.put(COMMA)
  writeOrderId(writer, visit)
  writer.put(STEP)
  writer.whole(2)
  writer.put(SHIPPING_METHOD)
  writer.ascii(visit.purchase.basket.shippingMethod)
  writer.put(PAYMENT_METHOD)
  writer.ascii(visit.purchase.basket.paymentMethod)
  writer.put(QUOTE)
})

export const orderCompleted: Call = track('Order Completed', (writer, visit) => {
  writeCheckoutId(writer, visit)
  writer.put(COMMA)
  writeOrderId(writer, visit)
  writer.put(SUBTOTAL)
  writer.hundredths(visit.purchase.basket.revenueCents)
  writer.put(TOTAL)
  writer.hundredths(visit.purchase.basket.totalCents)
  writeMoney(writer, visit, visit.purchase.basket)
})

function writeMoney(writer: ByteWriter, visit: Visit, basket: Basket): void {
  writer.put(AFFILIATION)
  writer.put(visit.pools.shop.affiliation)
  writer.put(REVENUE)
  writer.hundredths(basket.revenueCents)
  writer.put(SHIPPING)
  writer.hundredths(basket.shippingCents)
  writer.put(TAX)
  writer.hundredths(basket.taxCents)
  writer.put(DISCOUNT)
  writer.hundredths(basket.discountCents)
  writer.put(COUPON)
  writer.put(basket.coupon)
  writer.put(CURRENCY)
  writer.put(visit.pools.shop.currency)
  writer.put(COMMA)
  writeProducts(writer, basket.lines)
}

function writeCartId(writer: ByteWriter, visit: Visit): void {
  writer.put(CART_ID)
  visit.visitor.writeCartId(writer)
  writer.put(QUOTE)
}

function writeCheckoutId(writer: ByteWriter, visit: Visit): void {
  writer.put(CHECKOUT_ID)
  visit.visitor.writeCheckoutId(writer)
  writer.put(QUOTE)
}

function writeOrderId(writer: ByteWriter, visit: Visit): void {
  writer.put(ORDER_ID)
  visit.visitor.writeOrderId(writer)
  writer.put(QUOTE)
}

const COMMA = fragmentOf(',')
const QUOTE = fragmentOf('"')
const QUERY = fragmentOf('"query":')
const CART_ID = fragmentOf('"cart_id":"')
const CHECKOUT_ID = fragmentOf('"checkout_id":"')
const ORDER_ID = fragmentOf('"order_id":"')
const STEP = fragmentOf(',"step":')
const SHIPPING_METHOD = fragmentOf(',"shipping_method":"')
const PAYMENT_METHOD = fragmentOf('","payment_method":"')
const SUBTOTAL = fragmentOf(',"subtotal":')
const TOTAL = fragmentOf(',"total":')
const VALUE = fragmentOf(',"value":')
const AFFILIATION = fragmentOf(',"affiliation":')
const REVENUE = fragmentOf(',"revenue":')
const SHIPPING = fragmentOf(',"shipping":')
const TAX = fragmentOf(',"tax":')
const DISCOUNT = fragmentOf(',"discount":')
const COUPON = fragmentOf(',"coupon":')
const CURRENCY = fragmentOf(',"currency":')
