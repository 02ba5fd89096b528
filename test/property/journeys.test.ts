import { describe, expect, it } from 'vitest'
import { SUITE_SIZE } from '../../generators/journeys/mix.ts'
import { eventsOf, type ParsedEvent, testTraffic, twinsAmong } from '../support/events.ts'
import { livePhase } from '../support/plans.ts'

const COUNT = 5000
const { traffic } = testTraffic({ phases: [livePhase(COUNT, 500)] })
const all = eventsOf(traffic, 0, COUNT)
const twins = twinsAmong(all)
const events = all.filter((_, n) => !twins.has(n))
const tracks = events.filter(({ type }) => type === 'track')
const orders = tracks.filter(({ event }) => event === 'Order Completed')

describe('an order', () => {
  it('adds up in whole cents', () => {
    expect(orders.length).toBeGreaterThan(100)
    for (const { properties } of orders) {
      const lines = properties.products.map((line: Line) => cents(line.price) * line.quantity)
      const list = lines.reduce((sum: number, line: number) => sum + line, 0)
      expect(cents(properties.revenue)).toBe(list - cents(properties.discount))
      expect(properties.subtotal).toBe(properties.revenue)
      expect(cents(properties.total)).toBe(
        cents(properties.revenue) + cents(properties.tax) + cents(properties.shipping),
      )
      expect(cents(properties.tax)).toBeGreaterThan(0)
      expect(properties.discount > 0).toBe(properties.coupon !== null)
    }
  })

  it('follows a checkout of the same person, session and money, of products that were added to the cart', () => {
    for (const order of orders) {
      const session = sessionOf(order)
      const checkout = the(session, 'Checkout Started')
      for (const member of ['order_id', 'revenue', 'tax', 'shipping', 'discount', 'coupon', 'currency', 'products']) {
        expect(checkout.properties[member]).toEqual(order.properties[member])
      }
      const added = session.filter(({ event }) => event === 'Product Added')
      expect(new Set(added.map(({ properties }) => properties.cart_id)).size).toBe(1)
      const lines = added.map(({ properties: { cart_id, ...line } }) => JSON.stringify(line))
      expect(new Set(lines)).toEqual(new Set(order.properties.products.map((line: Line) => JSON.stringify(line))))
      for (const payment of session.filter(({ event }) => event === 'Payment Info Entered')) {
        expect(payment.properties.checkout_id).toBe(order.properties.checkout_id)
        expect(payment.properties.order_id).toBe(order.properties.order_id)
      }
      expect(new Set(session.flatMap(({ userId }) => userId ?? [])).size).toBe(1)
      expect(new Set(session.map((event) => event.integrations['Actions Amplitude'].session_id)).size).toBe(1)
    }
  })

  it('has an id of its own', () => {
    expect(new Set(orders.map(({ properties }) => properties.order_id)).size).toBe(orders.length)
  })

  it('comes after what leads to it', () => {
    for (const order of orders.slice(0, 100)) {
      const names = sessionOf(order).map(({ type, event }) => event ?? type)
      const places = ['Product Viewed', 'Product Added', 'identify', 'Checkout Started', 'Order Completed'].map(
        (name) => names.indexOf(name),
      )
      expect(places).toEqual([...places].sort((a, b) => a - b))
      expect(places[0]).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('a product', () => {
  it('is described alike wherever it appears', () => {
    const described = new Map<string, string>()
    for (const { properties } of tracks) {
      for (const { quantity, position, ...line } of [properties, ...(properties.products ?? [])]) {
        if (line.product_id === undefined) continue
        const { cart_id, currency, value, ...product } = line
        const text = JSON.stringify(product)
        expect(described.get(product.product_id) ?? text).toBe(text)
        described.set(product.product_id, text)
      }
    }
    expect(described.size).toBeGreaterThan(20)
  })
})

describe('a visitor', () => {
  it('is anonymous first, without a user id or with null, and keeps the anonymousId when known', () => {
    const visits = [...Map.groupBy(events, ({ anonymousId }) => anonymousId).entries()].filter(([id]) => id)
    const turned = visits.filter(([, visit]) => !visit[0]!.userId && visit.some(({ userId }) => userId))
    expect(turned.length).toBeGreaterThan(100)
    for (const [, visit] of turned) {
      const from = visit.findIndex(({ userId }) => userId)
      expect(['identify', 'alias']).toContain(visit[from]!.type)
      expect(visit.slice(from).every(({ userId }) => userId === visit[from]!.userId)).toBe(true)
    }
    const anonymous = events.filter(({ userId }) => !userId)
    expect(anonymous.some(({ userId }) => userId === null)).toBe(true)
    expect(anonymous.some((event) => !('userId' in event))).toBe(true)
  })

  it('is aliased from the anonymousId', () => {
    const aliases = events.filter(({ type }) => type === 'alias')
    expect(aliases.length).toBe(COUNT / 100)
    for (const alias of aliases) expect(alias.previousId).toBe(alias.anonymousId)
  })

  it('never travels: person, locale and address stay with the anonymousId', () => {
    for (const [id, visit] of Map.groupBy(events, ({ anonymousId }) => anonymousId)) {
      if (id === undefined) continue
      expect(new Set(visit.map(({ context }) => `${context.ip} ${context.locale} ${context.userAgent}`)).size).toBe(1)
    }
  })
})

describe('the first messages of a run', () => {
  it('hold every call of the Spec and a whole ecommerce journey', () => {
    const suite = all.slice(0, SUITE_SIZE)
    const types = new Set(suite.map(({ type }) => type))
    expect(types).toEqual(new Set(['identify', 'track', 'page', 'screen', 'group', 'alias']))
    const names = suite.flatMap(({ event }) => event ?? [])
    for (const name of [
      'Product List Viewed',
      'Product Viewed',
      'Product Added',
      'Cart Viewed',
      'Checkout Started',
      'Payment Info Entered',
      'Order Completed',
    ]) {
      expect(names).toContain(name)
    }
  })
})

describe('a hundred messages of the mix', () => {
  it('carry digit-only texts that begin with zero, nulls, decimals and text beyond ASCII', () => {
    for (let first = 0; first < COUNT; first += 100) {
      const text = JSON.stringify(all.slice(first, first + 100))
      expect(text).toMatch(/"sku":"0\d+"/)
      expect(text).toMatch(/:null[,}]/)
      expect(text).toMatch(/"price":\d+\.\d/)
      expect(text).toMatch(/[^\x20-\x7e]/)
    }
  })

  it('carry emoji, Japanese and sharp s somewhere', () => {
    const text = JSON.stringify(events)
    for (const pattern of [/\p{Emoji_Presentation}/u, /[\u3040-\u9fff]/, /ß/, /é/]) expect(text).toMatch(pattern)
  })
})

interface Line {
  readonly price: number
  readonly quantity: number
}

function cents(amount: number): number {
  const whole = Math.round(amount * 100)
  expect(Math.abs(amount * 100 - whole)).toBeLessThan(1e-6)
  return whole
}

function sessionOf(order: ParsedEvent): ParsedEvent[] {
  return events.filter(({ anonymousId }) => anonymousId === order.anonymousId)
}

function the(session: readonly ParsedEvent[], name: string): ParsedEvent {
  return session.find(({ event }) => event === name)!
}
