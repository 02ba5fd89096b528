import { describe, expect, it } from 'vitest'
import { SUITE_SIZE } from '../../generators/cycle.ts'
import { eventsOf, type ParsedEvent, testTraffic, twinsAmong } from '../support/events.ts'
import { livePhase } from '../support/plans.ts'

const COUNT = 5000
const { traffic } = testTraffic({ phases: [livePhase(COUNT, 500)] })
const all = eventsOf(traffic, 0, COUNT)
const twins = twinsAmong(all)
const events = all.filter((_, n) => !twins.has(n))
const tracks = events.filter(({ type }) => type === 'track')
const orders = tracks.filter(({ event }) => event === 'Order Completed')
/** Those of the shop's pages and app; its back end tells of others. */
const ownOrders = orders.filter(({ anonymousId }) => anonymousId !== undefined)

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
    for (const order of ownOrders) {
      const session = sessionOf(order)
      const checkout = the(session, 'Checkout Started')
      for (const member of ['order_id', 'revenue', 'tax', 'shipping', 'discount', 'coupon', 'currency', 'products']) {
        expect(checkout.properties[member]).toEqual(order.properties[member])
      }
      const added = session.filter(({ event }) => event === 'Product Added')
      expect(new Set(added.map(({ properties }) => properties.cart_id)).size).toBe(1)
      const removed = new Set(session.filter(({ event }) => event === 'Product Removed').map(skuOf))
      const lines = added
        .filter((event) => !removed.has(skuOf(event)))
        .map(({ properties: { cart_id, ...line } }) => JSON.stringify(line))
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
    for (const order of ownOrders.slice(0, 100)) {
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
      for (const line of [properties, ...(properties.products ?? [])]) {
        if (line.product_id === undefined) continue
        const product = Object.fromEntries(PRODUCT.map((member) => [member, line[member]]))
        if (product.price === undefined) continue
        const text = JSON.stringify(product)
        expect(described.get(line.product_id) ?? text).toBe(text)
        described.set(line.product_id, text)
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
    expect(aliases.length).toBeGreaterThan(20)
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

describe('a refund or cancellation', () => {
  it('is of an order that was completed before, and gives back what was paid', () => {
    const back = tracks.filter(({ event }) => event === 'Order Refunded' || event === 'Order Cancelled')
    expect(back.length).toBeGreaterThan(5)
    for (const event of back) {
      const order = orders.find(({ properties }) => properties.order_id === event.properties.order_id)!
      expect(order.timestamp < event.timestamp).toBe(true)
      expect(order.userId).toBe(event.userId)
      for (const member of ['total', 'currency', 'products']) {
        expect(event.properties[member]).toEqual(order.properties[member])
      }
    }
  })
})

describe('a playback', () => {
  it('has one session, positions that advance, and ends where the content does', () => {
    const playbacks = [
      ...Map.groupBy(
        tracks.filter(({ event }) => /^Video (Content|Playback)/.test(event!)),
        ({ properties }) => properties.session_id,
      ).values(),
    ]
    expect(playbacks.length).toBeGreaterThan(10)
    for (const playback of playbacks) {
      for (const kind of ['Content', 'Playback']) {
        const own = playback
          .filter(({ event }) => event!.startsWith(`Video ${kind}`))
          .map(({ properties }) => properties)
        const positions = own.map(({ position }) => position)
        expect(positions).toEqual([...positions].sort((a, b) => a - b))
        expect(positions.every((position, i) => position <= own[i]!.total_length)).toBe(true)
      }
      const completed = playback.find(({ event }) => event === 'Video Content Completed')
      if (completed) expect(completed.properties.position).toBe(completed.properties.total_length)
    }
  })
})

describe('an e-mail', () => {
  it('is delivered before it is opened, clicked or complained about', () => {
    const mails = Map.groupBy(
      tracks.filter(({ properties }) => properties.email_id !== undefined),
      ({ properties }) => properties.email_id,
    )
    expect(mails.size).toBeGreaterThan(20)
    for (const mail of mails.values()) {
      const names = mail.map(({ event }) => event!)
      expect(['Email Delivered', 'Email Bounced']).toContain(names[0])
      if (names.includes('Email Link Clicked')) expect(names.indexOf('Email Opened')).toBe(1)
      if (names.includes('Unsubscribed')) expect(names.at(-1)).toBe('Unsubscribed')
      expect(new Set(mail.map(({ context }) => context.traits.email)).size).toBe(1)
    }
  })
})

describe('the mix of journeys', () => {
  it('is what the plan says: a delete call comes where it is asked for, for a user who is known', () => {
    const plan = { traffic: { mix: { erasure: 1, browsing: 2 }, people: 10, namespaces: 1 } }
    const some = eventsOf(testTraffic(plan).traffic, 0, 500)
    const deletes = some.filter(({ type }) => type === 'delete')
    expect(deletes.length).toBeGreaterThan(20)
    for (const { userId, channel, messageId, anonymousId } of deletes) {
      const before = some.find((event) => event.userId === userId)!
      expect([before.type, channel, anonymousId]).toEqual(['identify', 'server', undefined])
      expect(messageId).toMatch(/^delete-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    }
    expect(all.some(({ type }) => type === 'delete')).toBe(false)
  })
})

const PRODUCT = ['sku', 'category', 'name', 'brand', 'variant', 'price', 'url', 'image_url']

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

function skuOf({ properties }: ParsedEvent): string {
  return properties.sku
}

function the(session: readonly ParsedEvent[], name: string): ParsedEvent {
  return session.find(({ event }) => event === name)!
}
