import { describe, expect, it } from 'vitest'
import { makeCorpus } from '../../generators/corpus.ts'
import { cycleOf } from '../../generators/cycle.ts'
import { trafficOf } from '../../generators/message.ts'
import { Linter } from '../../src/lint/linter.ts'
import type { Traffic } from '../../src/model/message.ts'
import { DEFAULT_MIX, type Mix } from '../../src/model/mix.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { TemplatePlan } from '../../src/model/template.ts'
import { TEMPLATE_NAMES } from '../../src/model/template-names.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'

const COUNT = 6000
const corpus = makeCorpus(1, 50)

const SEAT: TemplatePlan = {
  type: 'track',
  name: 'Seat Upgraded',
  client: 'web',
  user: 'known',
  weight: 60,
  members: {
    seat: { oneOf: ['12A', 'über "1"', null], weights: [8, 1, 1] },
    price: { between: '10.00..90.50' },
    nights: { between: '1..14' },
    deep: { list: ['x', '{{product.name}}', { mail: 'to {{person.email}}, thanks' }], 'ein "Schlüssel"': {} },
    amount: '{{product.price}}',
    said: 'only {{product.price}} each',
  },
}

const NAMES = Object.keys(TEMPLATE_NAMES)
const EVERY_NAME: TemplatePlan = {
  ...SEAT,
  name: 'Everything Named',
  client: 'mobile',
  weight: 5,
  members: Object.fromEntries(NAMES.map((name) => [name, `{{${name}}}`])),
}

const DESCRIBED: TemplatePlan = { ...SEAT, type: 'identify', name: '', client: 'server', members: { tier: 'gold' } }
const GROUPED: TemplatePlan = { ...DESCRIBED, type: 'group' }
const PAGED: TemplatePlan = { ...SEAT, type: 'page', name: 'Seat Map', user: 'anonymous', members: { deck: 2 } }
const SHOWN: TemplatePlan = { ...SEAT, type: 'screen', name: 'Boarding Pass', client: 'mobile', members: {} }

const TEMPLATES = [SEAT, EVERY_NAME, DESCRIBED, GROUPED, PAGED, SHOWN]
const plan = planOf(TEMPLATES)
const traffic = trafficOf(corpus, plan, testHeader(plan))
const events = Array.from({ length: COUNT }, (_, n) => eventAt(traffic, n))
const seats = events.filter(({ event }) => event === SEAT.name)

describe('events made from templates', () => {
  it('come among the others, as often as their weight says', () => {
    const weights = TEMPLATES.reduce((sum, { weight }) => sum + weight, 0)
    const turn = cycleOf(DEFAULT_MIX).length + weights
    expect(seats.length / ((COUNT * SEAT.weight) / turn)).toBeCloseTo(1, 1)
    expect(events.some(({ event }) => event === 'Order Completed')).toBe(true)
    for (const type of ['identify', 'group', 'page', 'screen'])
      expect(events.some((event) => event.type === type)).toBe(true)
    expect(events.filter(({ name }) => name === 'Seat Map').every(({ userId }) => userId === null)).toBe(true)
  })

  it('are the same whenever and in whichever order they are asked for', () => {
    const again = trafficOf(makeCorpus(1, 50), plan, testHeader(plan))
    for (let i = 0; i < COUNT; i++) {
      const n = (i * 3571) % COUNT
      expect(eventAt(again, n)).toEqual(events[n])
    }
  })

  it('draw from their distributions, and reach both ends', () => {
    const counts = new Map<unknown, number>()
    for (const { properties } of seats) counts.set(properties.seat, (counts.get(properties.seat) ?? 0) + 1)
    expect([...counts.keys()]).toHaveLength(3)
    expect(counts.get('12A')! / seats.length).toBeCloseTo(0.8, 1)
    const prices = seats.map(({ properties }) => properties.price)
    for (const price of prices) expect(Math.round(price * 100) / 100).toBe(price)
    expect(Math.min(...prices)).toBeGreaterThanOrEqual(10)
    expect(Math.max(...prices)).toBeLessThanOrEqual(90.5)
    expect(new Set(seats.map(({ properties }) => properties.nights)).size).toBe(14)
  })

  it('say what the corpus knows, numbers as numbers, and the same thing under all its names', () => {
    for (const { properties } of seats) {
      expect(typeof properties.amount).toBe('number')
      expect(properties.said).toBe(`only ${properties.amount} each`)
      expect(properties.deep.list[2].mail).toMatch(/^to [\w.]+@example\.(com|org|net), thanks$/)
    }
    const products = corpus.categories.flatMap(({ products }) => products)
    for (const { properties } of events.filter(({ event }) => event === EVERY_NAME.name)) {
      const { productFields, priceCents } = products.find(({ name }) => name === properties['product.name'])!
      expect(JSON.parse(`{${productFields}}`).sku).toBe(properties['product.sku'])
      expect(properties['product.price']).toBe(priceCents / 100)
      expect(properties['person.name']).toContain(properties['person.firstName'])
    }
  })

  it('know every name, and write what the example of it is', () => {
    const { properties } = events.find(({ event }) => event === EVERY_NAME.name)!
    for (const [name, example] of Object.entries(TEMPLATE_NAMES)) {
      expect([name, typeof properties[name]]).toEqual([name, typeof example])
      expect(`${properties[name]}`).not.toBe('')
    }
    expect(properties['event.time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  it('pass the linter', () => {
    const linter = new Linter('spec')
    for (let n = 0; n < COUNT; n++) linter.take(new TextDecoder().decode(traffic.messageAt(n, 'live').bytes), n + 1)
    expect(linter.report().findings).toEqual([])
  })

  it('may be all that there is', () => {
    const own = planOf([SEAT], {})
    const alone = trafficOf(corpus, own, testHeader(own))
    for (let n = 0; n < 500; n++) expect(eventAt(alone, n).event).toBe(SEAT.name)
  })
})

function planOf(templates: readonly TemplatePlan[], mix: Mix = DEFAULT_MIX): Plan {
  return testPlan({ phases: [livePhase(COUNT, 500)], traffic: { mix, templates, people: 50, namespaces: 1 } })
}

function eventAt(from: Traffic, n: number) {
  return JSON.parse(new TextDecoder().decode(from.messageAt(n, 'live').bytes))
}
