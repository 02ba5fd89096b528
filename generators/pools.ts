import { isoText } from '../src/model/iso-instant.ts'
import type { Source } from './clients/client.ts'
import type { CorpusCategory, CorpusProduct } from './corpus/catalogue.ts'
import type { CorpusPerson } from './corpus/people.ts'
import type { Corpus } from './corpus.ts'
import { Page } from './page.ts'
import type { Pool } from './pool.ts'
import { type Fragment, fragmentOf, jsonFragment } from './utf8.ts'
import type { BasketLine } from './visit/basket.ts'

/** The corpus, encoded for use. */
export interface Pools {
  readonly people: Pool<Person>
  readonly companies: readonly Company[]
  readonly categories: readonly Category[]
  /** As many products as an event can hold. */
  readonly catalogue: readonly BasketLine[]
  readonly campaigns: readonly { readonly context: Fragment; readonly search: Fragment }[]
  readonly coupons: readonly { readonly code: Fragment; readonly percent: number }[]
  readonly queries: readonly { readonly query: Fragment; readonly search: Fragment }[]
  readonly referrers: readonly Fragment[]
  readonly ips: readonly string[]
  readonly browsers: readonly Fragment[]
  readonly iphones: readonly PhoneFragments[]
  readonly androids: readonly PhoneFragments[]
  readonly shop: Shop
  /** The shop's pages that are there for everybody. */
  readonly pages: Readonly<Record<CommonPlace, Page>>
}

export interface Shop {
  readonly appName: Fragment
  readonly appNamespace: Fragment
  readonly affiliation: Fragment
  readonly currency: Fragment
  readonly taxBasisPoints: number
  /** `projectId` of each source, up to the value that follows it. */
  readonly projects: Readonly<Record<Source, Fragment>>
}

export interface Company {
  readonly name: Fragment
  readonly traits: Fragment
}

export interface Person {
  readonly traits: Fragment
  readonly names: Fragment
  readonly signUp: Fragment
  /** In ISO 8601. */
  readonly createdAt: Fragment
  readonly mailName: string
  readonly phone: string
  readonly locale: string
  readonly timezone: string
  /** Standard time's. */
  readonly utcOffsetMs: number
}

export interface Category {
  readonly page: Page
  /** `list_id` and `category`. */
  readonly list: Fragment
  /** Products that are shown together, one of each. */
  readonly shelves: readonly (readonly BasketLine[])[]
}

export interface Product {
  readonly page: Page
  /** `product_id` alone. */
  readonly id: Fragment
  /** From `product_id` to the key of `quantity`. */
  readonly fields: Fragment
  readonly priceCents: number
  /** `url` and `image_url`. */
  readonly links: Fragment
}

export interface PhoneFragments {
  /** `device` from its manufacturer on. */
  readonly device: Fragment
  readonly osVersion: Fragment
  readonly screen: Fragment
  readonly userAgent: Fragment
}

export type CommonPlace =
  | 'home'
  | 'search'
  | 'cart'
  | 'checkout'
  | 'thanks'
  | 'pricing'
  | 'signup'
  | 'dashboard'
  | 'help'
  | 'videos'

/** Encoded once: whoever asks again gets what is there. */
export function poolsOf(corpus: Corpus): Pools {
  const known = encoded.get(corpus)
  if (known !== undefined) return known
  const pools = encode(corpus)
  encoded.set(corpus, pools)
  return pools
}

const encoded: WeakMap<Corpus, Pools> = new WeakMap()

function encode(corpus: Corpus): Pools {
  const { shop } = corpus
  const site = new Site(shop.host, shop.name)
  const categories = corpus.categories.map((category) => categoryOf(site, category))
  return {
    people: corpus.people.map(personOf),
    companies: corpus.companies.map(companyOf),
    categories,
    catalogue: catalogueOf(categories),
    campaigns: corpus.campaigns.map(({ campaignJson, search }) => ({
      context: fragmentOf(`,"campaign":${campaignJson}`),
      search: fragmentOf(search),
    })),
    coupons: corpus.coupons.map(([code, percent]) => ({ code: jsonFragment(code), percent })),
    queries: corpus.queries.map(({ queryJson, search }) => ({
      query: fragmentOf(queryJson),
      search: fragmentOf(search),
    })),
    referrers: corpus.referrers.map(fragmentOf),
    ips: corpus.ips,
    browsers: corpus.browsers.map(browserOf),
    iphones: corpus.iphones.map(phoneOf),
    androids: corpus.androids.map(phoneOf),
    shop: shopOf(shop),
    pages: commonPages(site),
  }
}

function shopOf(shop: Corpus['shop']): Shop {
  return {
    appName: jsonFragment(shop.name),
    appNamespace: jsonFragment(`${shop.host.split('.').reverse().join('.').replaceAll('-', '')}.shop`),
    affiliation: jsonFragment(`${shop.name} Online`),
    currency: jsonFragment(shop.currency),
    taxBasisPoints: shop.taxBasisPoints,
    projects: {
      web: projectOf(shop.projectIds.web),
      ios: projectOf(shop.projectIds.ios),
      android: projectOf(shop.projectIds.android),
      server: projectOf(shop.projectIds.server),
    },
  }
}

function projectOf(id: string): Fragment {
  return fragmentOf(`","projectId":"${id}","receivedAt":"`)
}

function companyOf({ nameJson, traitFields }: Corpus['companies'][number]): Company {
  return { name: fragmentOf(nameJson), traits: fragmentOf(traitFields) }
}

class Site {
  private readonly origin: string
  private readonly shopName: string

  constructor(host: string, shopName: string) {
    this.origin = `https://${host}`
    this.shopName = shopName
  }

  page(path: string, title: string): Page {
    return new Page(path, `${title} | ${this.shopName}`, this.url(path))
  }

  url(path: string): string {
    return this.origin + path
  }
}

function commonPages(site: Site): Pools['pages'] {
  return {
    home: site.page('/', 'Home'),
    search: site.page('/search', 'Search'),
    cart: site.page('/cart', 'Your cart'),
    checkout: site.page('/checkout', 'Checkout'),
    thanks: site.page('/checkout/thank-you', 'Thank you'),
    pricing: site.page('/business/pricing', 'Pricing'),
    signup: site.page('/business/signup', 'Sign up'),
    dashboard: site.page('/business', 'Dashboard'),
    help: site.page('/help', 'Help'),
    videos: site.page('/videos', 'Videos'),
  }
}

function personOf(person: CorpusPerson): Person {
  return {
    traits: fragmentOf(person.traitFields),
    names: fragmentOf(person.namesFields),
    signUp: fragmentOf(person.signUpFields),
    createdAt: fragmentOf(isoText(person.createdAtMs)),
    mailName: person.mailName,
    phone: person.phone,
    locale: person.locale,
    timezone: person.timezone,
    utcOffsetMs: (UTC_OFFSET_HOURS[person.timezone] ?? 0) * 3_600_000,
  }
}

function categoryOf(site: Site, category: CorpusCategory): Category {
  const products = category.products.map((product) => productOf(site, product))
  return {
    page: site.page(`/c/${category.slug}`, category.name),
    list: fragmentOf(`"list_id":"${category.slug}","category":${JSON.stringify(category.name)}`),
    shelves: products.map((_, first) => shelfFrom(products, first)),
  }
}

/** Every product, some of them twice: the list that fills the largest event that Segment takes. */
function catalogueOf(categories: readonly Category[]): BasketLine[] {
  const once = categories.flatMap(({ shelves }) => shelves.map(([line]) => line!))
  return [...once, ...once].slice(0, CATALOGUE_LENGTH)
}

function shelfFrom(products: readonly Product[], first: number): BasketLine[] {
  return Array.from({ length: SHELF_LENGTH }, (_, i) => ({
    product: products[(first + i) % products.length]!,
    quantity: 1,
  }))
}

function productOf(site: Site, product: CorpusProduct): Product {
  const path = `/p/${product.slug}`
  return {
    page: site.page(path, product.name),
    id: fragmentOf(product.productFields.slice(0, product.productFields.indexOf(','))),
    fields: fragmentOf(`${product.productFields},"price":${product.priceCents / 100},"quantity":`),
    priceCents: product.priceCents,
    links: fragmentOf(`,"url":"${site.url(path)}","image_url":"${site.url(`/i/${product.slug.slice(-7)}.webp`)}"`),
  }
}

function browserOf({ userAgent, userAgentData }: Corpus['browsers'][number]): Fragment {
  const hints = userAgentData === null ? '' : `,"userAgentData":${JSON.stringify(userAgentData)}`
  return fragmentOf(`"userAgent":${JSON.stringify(userAgent)}${hints}`)
}

function phoneOf(phone: Corpus['iphones'][number]): PhoneFragments {
  const { manufacturer, model, name, osVersion, screen, build } = phone
  const device = JSON.stringify({ manufacturer, model, name }).slice(1, -1)
  return {
    device: fragmentOf(device),
    osVersion: jsonFragment(osVersion),
    screen: fragmentOf(JSON.stringify(screen)),
    userAgent: jsonFragment(`Dalvik/2.1.0 (Linux; U; Android ${osVersion}; ${model} Build/${build})`),
  }
}

const SHELF_LENGTH = 3
const CATALOGUE_LENGTH = 66

const UTC_OFFSET_HOURS: Readonly<Record<string, number>> = {
  'America/New_York': -5,
  'America/Chicago': -6,
  'America/Los_Angeles': -8,
  'America/Sao_Paulo': -3,
  'Asia/Tokyo': 9,
  'Europe/Berlin': 1,
  'Europe/Madrid': 1,
  'Europe/Paris': 1,
  'Europe/Stockholm': 1,
  'Europe/Warsaw': 1,
}
