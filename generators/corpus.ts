import type { Faker } from '@faker-js/faker'
import { faker as en } from '@faker-js/faker/locale/en'
import { BROWSERS, type BrowserKind } from './corpus/browsers.ts'
import { type CorpusCategory, makeCategories } from './corpus/catalogue.ts'
import { ownFaker } from './corpus/own-faker.ts'
import { type CorpusPerson, fieldsOf, makePeople } from './corpus/people.ts'
import { ANDROIDS, IPHONES, type PhoneKind } from './corpus/phones.ts'
import { slugOf } from './corpus/slug.ts'
import { COUPONS, QUERIES } from './corpus/words.ts'
import type { Pool } from './pool.ts'

/**
 * What Faker made once from a seed: the people, products and places that events speak of, as pools. `…Json` is ready JSON,
 * `…Fields` are members of an object without its braces. Nobody in it is real: addresses, hosts, IPs and phone numbers are those
 * kept for documentation and fiction.
 */
export interface Corpus {
  readonly format: 1
  readonly seed: number
  readonly shop: CorpusShop
  readonly people: Pool<CorpusPerson>
  readonly companies: readonly { readonly nameJson: string; readonly traitFields: string }[]
  readonly categories: readonly CorpusCategory[]
  readonly campaigns: readonly { readonly campaignJson: string; readonly search: string }[]
  readonly coupons: readonly (readonly [code: string, percent: number])[]
  readonly queries: readonly { readonly queryJson: string; readonly search: string }[]
  readonly referrers: readonly string[]
  readonly ips: readonly string[]
  readonly browsers: readonly BrowserKind[]
  readonly iphones: readonly PhoneKind[]
  readonly androids: readonly PhoneKind[]
}

export interface CorpusShop {
  readonly name: string
  readonly host: string
  readonly currency: string
  readonly taxBasisPoints: number
  /** The Segment source that each kind of client writes to. */
  readonly projectIds: Readonly<Record<'web' | 'ios' | 'android' | 'server', string>>
}

/**
 * The same seed and number of people give the same Corpus, to the last byte of `corpusText`.
 *
 * @param people at least 1
 */
export function makeCorpus(seed: number, people: number): Corpus {
  const faker = ownFaker(en.rawDefinitions, [seed], REFERENCE_DATE)
  return {
    format: 1,
    seed,
    shop: makeShop(faker),
    people: makePeople(seed, people, REFERENCE_DATE),
    companies: Array.from({ length: 40 }, () => makeCompany(faker)),
    categories: makeCategories(faker),
    campaigns: Array.from({ length: 8 }, () => makeCampaign(faker)),
    coupons: COUPONS,
    queries: QUERIES.map((query) => ({ queryJson: JSON.stringify(query), search: `?q=${encodeURIComponent(query)}` })),
    referrers: REFERRERS,
    ips: Array.from({ length: 200 }, (_, i) => `${DOCUMENTATION_NETWORKS[i % 3]}.${1 + faker.number.int(253)}`),
    browsers: BROWSERS,
    iphones: IPHONES,
    androids: ANDROIDS,
  }
}

/** The Corpus as text: what its digest is taken of, and what is given to another engine. */
export function corpusText(corpus: Corpus): string {
  return JSON.stringify(corpus)
}

function makeShop(faker: Faker): CorpusShop {
  const name = `${faker.person.firstName()} & Co`
  const project = () => faker.string.alphanumeric(22)
  return {
    name,
    host: `${slugOf(name)}.example`,
    currency: faker.helpers.arrayElement(['USD', 'EUR', 'GBP']),
    taxBasisPoints: faker.helpers.arrayElement([600, 825, 1900, 2000]),
    projectIds: { web: project(), ios: project(), android: project(), server: project() },
  }
}

function makeCompany(faker: Faker): Corpus['companies'][number] {
  const name = faker.company.name()
  const website = `https://${slugOf(name)}.example`
  const postalCode = faker.helpers.replaceSymbols('0####')
  const address = { city: faker.location.city(), postalCode, country: 'United States' }
  const industry = faker.commerce.department()
  return {
    nameJson: JSON.stringify(name),
    traitFields: fieldsOf({ name, industry, website, description: null, address }),
  }
}

function makeCampaign(faker: Faker): Corpus['campaigns'][number] {
  const name = `${faker.helpers.arrayElement(['spring', 'summer', 'café', 'clearance'])}-${faker.string.numeric(2)}`
  const { source, medium } = faker.helpers.arrayElement(CHANNELS)
  const content = faker.string.numeric({ length: 4, allowLeadingZeros: true })
  const campaign = { name, content, medium, source }
  const pairs = Object.entries(campaign).map(
    ([key, value]) => `utm_${key === 'name' ? 'campaign' : key}=${encodeURIComponent(value)}`,
  )
  return { campaignJson: JSON.stringify(campaign), search: `?${pairs.join('&')}` }
}

/** Before any history that a run is likely to replay: who is spoken of was there already. */
const REFERENCE_DATE = '2022-01-01T00:00:00.000Z'
const DOCUMENTATION_NETWORKS = ['192.0.2', '198.51.100', '203.0.113']
const CHANNELS = [
  { source: 'newsletter', medium: 'email' },
  { source: 'search', medium: 'cpc' },
  { source: 'social', medium: 'paid_social' },
  { source: 'partner', medium: 'referral' },
]
const REFERRERS = [
  '',
  '',
  'https://search.example/',
  'https://reviews.example.org/best-of',
  'https://social.example/feed',
]
