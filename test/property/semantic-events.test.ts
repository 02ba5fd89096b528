import { describe, expect, it } from 'vitest'
import { type Property, SEMANTIC_EVENTS } from '../../src/model/semantic-events.ts'
import { eventAt, type ParsedEvent, testTraffic } from '../support/events.ts'
import { livePhase } from '../support/plans.ts'

const COUNT = 100_000
const { traffic } = testTraffic({ phases: [livePhase(COUNT, 500)] })
const SAMPLES_MAX = 40

/** Some of each event of the first 100 000 messages of the default mix. */
const byName = new Map<string, ParsedEvent[]>()
for (let n = 0; n < COUNT; n++) {
  if (traffic.typeAt(n) !== 'track') continue
  if (n > COUNT / 10 && n % 5 > 0) continue
  const event = eventAt(traffic, n)
  const known = byName.get(event.event!) ?? []
  if (known.length < SAMPLES_MAX) known.push(event)
  byName.set(event.event!, known)
}

const current = [...SEMANTIC_EVENTS.values()].filter(({ spec }) => spec !== 'ecommerce-v1')

describe('100 000 events of the default mix', () => {
  it('hold every event of the semantic specs, and none by another name', () => {
    expect(current.length).toBe(90)
    expect([...byName.keys()].sort()).toEqual(current.map(({ name }) => name).sort())
  })

  for (const { name, properties } of current) {
    it(`give each property of ${name} the type that the Spec says`, () => {
      for (const event of byName.get(name)!) {
        for (const property of properties) {
          for (const value of valuesOf(event, property)) {
            expect(fits(value, property), `${property.path.join('.')}: ${JSON.stringify(value)}`).toBe(true)
          }
        }
      }
    })

    it(`leave out no property of ${name}`, () => {
      const missing = properties.filter((property) =>
        byName.get(name)!.every((event) => valuesOf(event, property).length === 0),
      )
      expect(missing.map(({ path }) => path.join('.')).filter((path) => !NOWHERE.has(path))).toEqual([])
    })
  }
})

/** No product has a coupon of its own: coupons are an order's. */
const NOWHERE = new Set(['coupon', 'products[].coupon'])

/** The values that stand where the property does; none where it is left out. */
function valuesOf(event: ParsedEvent, { path }: Property): unknown[] {
  const start: unknown[] = [path[0] === 'context' ? event : event.properties]
  return path.reduce((found, member) => {
    const name = member.replace('[]', '')
    const next = found.flatMap((value) => {
      const inner = (value as Record<string, unknown> | null)?.[name]
      return inner === undefined ? [] : [inner]
    })
    return member.endsWith('[]') ? next.flat() : next
  }, start)
}

function fits(value: unknown, { type, nullable, path }: Property): boolean {
  if (value === null) return nullable || MAY_BE_NULL.has(path.at(-1)!)
  switch (type) {
    case 'date':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    case 'integer':
      return Number.isInteger(value)
    case 'array':
      return Array.isArray(value)
    case 'array<string>':
      return isTexts(value)
    case 'object<boolean>':
      return Object.values(value ?? {}).every((item) => typeof item === 'boolean')
    case 'string|object':
      return ['string', 'object'].includes(typeof value)
    case 'string|number':
      return ['string', 'number'].includes(typeof value)
    case 'string|array<string>':
      return typeof value === 'string' || Array.isArray(value)
    default:
      return typeof value === type
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** What there is none of: shops send null for it. */
const MAY_BE_NULL = new Set(['coupon', 'coupon_id', 'variant', 'title'])
