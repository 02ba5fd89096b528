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

/** Products one after the other, numbered by position, without the braces before and behind them all. */
export function writeLines(writer: ByteWriter, lines: readonly BasketLine[]): void {
  for (let i = 0; i < lines.length; i++) {
    if (i > 0) writer.put(NEXT)
    writeProduct(writer, lines[i]!.product, lines[i]!.quantity, i + 1)
  }
}

const POSITION = fragmentOf(',"position":')
const NEXT = fragmentOf('},{')
