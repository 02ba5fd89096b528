import type { TemplateName } from '../../src/model/template-names.ts'
import type { ByteWriter } from '../byte-writer.ts'
import { DAY_MS } from '../civil-date.ts'
import type { Corpus } from '../corpus.ts'
import { DRAW, drawNamed } from '../draws.ts'
import type { Pool } from '../pool.ts'
import { fragmentOf } from '../utf8.ts'
import type { Visit } from '../visit/visit.ts'

/** What a name in a template stands for: characters of a JSON text, or a number. */
export interface Word {
  readonly isNumber: boolean
  write(writer: ByteWriter, visit: Visit): void
}

/** @returns the word, with as much of the corpus encoded as it needs */
export function wordOf(name: TemplateName, corpus: Corpus): Word {
  return WORDS[name](corpus)
}

/** The same product under all names in one event. */
const PRODUCT = drawNamed('template product')

const WORDS: Readonly<Record<TemplateName, (corpus: Corpus) => Word>> = {
  'person.userId': written((writer, { visitor }) => visitor.writeUserId(writer)),
  'person.anonymousId': written((writer, { visitor }) => visitor.writeAnonymousId(writer)),
  'person.groupId': written((writer, { visitor }) => visitor.writeGroupId(writer)),
  'person.email': written((writer, { visitor }) => visitor.writeEmail(writer)),
  'person.phone': written((writer, { visitor }) => visitor.writePhone(writer)),
  'person.firstName': trait(({ firstName }) => firstName),
  'person.lastName': trait(({ lastName }) => lastName),
  'person.name': trait(({ name }) => name),
  'person.title': trait(({ title }) => title),
  'person.birthday': trait(({ birthday }) => birthday),
  'person.city': trait(({ address }) => address.city),
  'person.country': trait(({ address }) => address.country),
  'person.locale': ofUser(DRAW.person, ({ people }) => people.map(({ locale }) => locale)),
  'person.timezone': ofUser(DRAW.person, ({ people }) => people.map(({ timezone }) => timezone)),
  'person.company': ofUser(DRAW.company, ({ companies }) => companies.map(({ nameJson }) => JSON.parse(nameJson))),
  'product.id': product(({ product_id }) => product_id),
  'product.sku': product(({ sku }) => sku),
  'product.name': product(({ name }) => name),
  'product.category': product(({ category }) => category),
  'product.brand': product(({ brand }) => brand),
  'product.variant': product(({ variant }) => variant),
  'product.price': priceOf,
  'order.id': written((writer, { visitor }) => visitor.writeOrderId(writer)),
  'cart.id': written((writer, { visitor }) => visitor.writeThing(writer, 'cart', 0)),
  'shop.name': always(({ shop }) => shop.name),
  'shop.currency': always(({ shop }) => shop.currency),
  'coupon.code': ofVisit(drawNamed('template coupon'), ({ coupons }) => coupons.map(([code]) => code)),
  'search.query': ofVisit(DRAW.query, ({ queries }) => queries.map(({ queryJson }) => JSON.parse(queryJson))),
  'event.uuid': written((writer, { visitor }) => visitor.writeThing(writer, 'own', 0)),
  'event.date': written((writer, { startMs }) => writer.day(Math.floor(startMs / DAY_MS))),
  'event.time': written((writer, { startMs }) => writer.instant(startMs)),
}

interface PersonTraits {
  readonly firstName: string
  readonly lastName: string
  readonly name: string
  readonly title: string
  readonly birthday: string
  readonly address: { readonly city: string; readonly country: string }
}

type ProductTexts = Readonly<Record<'product_id' | 'sku' | 'name' | 'category' | 'brand' | 'variant', string>>

/** What needs no escapes. */
function written(write: Word['write']): () => Word {
  return () => ({ isNumber: false, write })
}

function trait(of: (traits: PersonTraits) => string): (corpus: Corpus) => Word {
  return ofUser(DRAW.person, ({ people }) => people.map(({ traitFields }) => of(JSON.parse(`{${traitFields}}`))))
}

function product(of: (product: ProductTexts) => string): (corpus: Corpus) => Word {
  return ofVisit(PRODUCT, (corpus) =>
    productsOf(corpus).map(({ productFields }) => of(JSON.parse(`{${productFields}}`))),
  )
}

function priceOf(corpus: Corpus): Word {
  const cents = productsOf(corpus).map(({ priceCents }) => priceCents)
  return { isNumber: true, write: (writer, { draws }) => writer.hundredths(draws.oneOfVisit(PRODUCT, cents)) }
}

function productsOf({ categories }: Corpus): Corpus['categories'][number]['products'] {
  return categories.flatMap(({ products }) => products)
}

function ofUser(draw: number, textsOf: (corpus: Corpus) => Pool<string>): (corpus: Corpus) => Word {
  return (corpus) => {
    const fragments = textsOf(corpus).map(escaped)
    return { isNumber: false, write: (writer, { draws }) => writer.put(draws.oneOfUser(draw, fragments)) }
  }
}

function ofVisit(draw: number, textsOf: (corpus: Corpus) => readonly string[]): (corpus: Corpus) => Word {
  return (corpus) => {
    const fragments = textsOf(corpus).map(escaped)
    return { isNumber: false, write: (writer, { draws }) => writer.put(draws.oneOfVisit(draw, fragments)) }
  }
}

function always(textOf: (corpus: Corpus) => string): (corpus: Corpus) => Word {
  return (corpus) => {
    const fragment = escaped(textOf(corpus))
    return { isNumber: false, write: (writer) => writer.put(fragment) }
  }
}

function escaped(text: string): ReturnType<typeof fragmentOf> {
  return fragmentOf(JSON.stringify(text).slice(1, -1))
}
