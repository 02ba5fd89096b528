import type { Faker } from '@faker-js/faker'
import { fieldsOf } from './people.ts'
import { slugOf } from './slug.ts'
import { ADJECTIVES, CATALOGUE, VARIANTS } from './words.ts'

export interface CorpusCategory {
  readonly slug: string
  readonly name: string
  readonly products: readonly CorpusProduct[]
}

export interface CorpusProduct {
  /** Members from `product_id` to `variant`. */
  readonly productFields: string
  readonly priceCents: number
  readonly slug: string
  readonly name: string
}

export function makeCategories(faker: Faker): CorpusCategory[] {
  return Object.entries(CATALOGUE).map(([name, patterns], i) => {
    const products = patterns.map((pattern, j) => makeProduct(faker, name, pattern, i + j))
    return { slug: slugOf(name), name, products }
  })
}

/** One product in two has a sku of digits that begins with zeros. */
function makeProduct(faker: Faker, category: string, pattern: string, number: number): CorpusProduct {
  const name = pattern.replace('*', faker.helpers.arrayElement(ADJECTIVES))
  const letters = category.slice(0, 2).toUpperCase()
  const sku = number % 2 === 0 ? `00${faker.string.numeric(5)}` : `${letters}-${faker.string.numeric(4)}`
  const productFields = fieldsOf({
    product_id: faker.string.hexadecimal({ length: 24, casing: 'lower', prefix: '' }),
    sku,
    category,
    name,
    brand: faker.company.name(),
    variant: faker.helpers.arrayElement(VARIANTS),
  })
  const belowCents = faker.helpers.arrayElement([1, 1, 5, 50, 100])
  const priceCents = faker.number.int({ min: 4, max: 180 }) * 100 - belowCents
  return { productFields, priceCents, slug: slugOf(`${name} ${sku}`), name }
}
