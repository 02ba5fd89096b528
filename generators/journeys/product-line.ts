import type { ByteWriter } from '../byte-writer.ts'
import type { Product } from '../pools.ts'
import { fragmentOf } from '../utf8.ts'
import type { BasketLine } from '../visit/basket.ts'

/** The members of a product as the ecommerce spec lists them. */
export function writeProduct(writer: ByteWriter, product: Product, quantity: number, position: number): void {
  writer.put(product.fields)
  writer.whole(quantity)
  writer.put(POSITION)
  writer.whole(position)
  writer.put(product.links)
}

/** `"products":[…]`, numbered by position. */
export function writeProducts(writer: ByteWriter, lines: readonly BasketLine[]): void {
  writer.put(PRODUCTS)
  for (let i = 0; i < lines.length; i++) {
    writer.put(i === 0 ? FIRST : NEXT)
    writeProduct(writer, lines[i]!.product, lines[i]!.quantity, i + 1)
  }
  writer.put(CLOSING)
}

const POSITION = fragmentOf(',"position":')
const PRODUCTS = fragmentOf('"products":[')
const FIRST = fragmentOf('{')
const NEXT = fragmentOf('},{')
const CLOSING = fragmentOf('}]')
