import { describe, expect, it } from 'vitest'
import { eventsOf, type ParsedEvent, testTraffic, twinsAmong } from '../support/events.ts'
import { livePhase } from '../support/plans.ts'

const COUNT = 200_000
const { traffic } = testTraffic({ phases: [livePhase(COUNT, 500)] })

describe('the people of 200 000 messages', () => {
  const counts = new Map<number, number>()
  const channels = new Map<number, Set<string>>()
  for (let n = 0; n < COUNT; n++) {
    const user = traffic.userAt(n)
    counts.set(user, (counts.get(user) ?? 0) + 1)
  }

  it('are unequal: of those who come again, a fifth make more than half of the events', () => {
    const returning = [...counts.values()].filter((count) => count > 20).sort((a, b) => b - a)
    const busiest = returning.slice(0, Math.floor(returning.length / 5))
    expect(sum(busiest) / sum(returning)).toBeGreaterThan(0.5)
    expect(returning[0]! / sum(returning)).toBeLessThan(0.02)
  })

  it('mostly come once, but most of what is sent is about those who come again', () => {
    const once = [...counts.values()].filter((count) => count <= 20)
    expect(once.length / counts.size).toBeGreaterThan(0.5)
    expect(sum(once) / COUNT).toBeLessThan(0.6)
  })

  it('use a computer and a phone, and hear of it by mail', () => {
    for (const { userId, channel } of eventsOf(traffic, 0, 30_000)) {
      if (!userId) continue
      const user = Number.parseInt(userId.slice(-6), 36)
      channels.set(user, (channels.get(user) ?? new Set()).add(channel))
    }
    const several = [...channels.values()].filter(({ size }) => size > 1)
    expect(several.length / channels.size).toBeGreaterThan(0.1)
  })
})

describe('visits', () => {
  const some = eventsOf(traffic, 60_000, 90_000)
  const twins = twinsAmong(some)
  const own = some.filter((event, i) => isOfSession(event) && !twins.has(i))
  const visits = [...Map.groupBy(own, sessionOf).values()]
  const whole = visits.filter((visit) => visit.length > 4)

  it('last seconds, not milliseconds, at 500 messages a second, and run beside many others', () => {
    const lengths = whole.map((visit) => Date.parse(visit.at(-1)!.timestamp) - Date.parse(visit[0]!.timestamp))
    expect(lengths.filter((ms) => ms > 2000).length / lengths.length).toBeGreaterThan(0.5)
    expect(Math.max(...lengths)).toBeLessThan(20_000)
  })

  it('go on in order', () => {
    for (const visit of whole) {
      const instants = visit.map(({ timestamp }) => timestamp)
      expect(instants).toEqual([...instants].sort())
    }
  })

  it('of a short run are all there from beginning to end', () => {
    const { traffic: short } = testTraffic({ phases: [livePhase(2000, 500)] })
    const orders = eventsOf(short, 0, 2000).filter(
      ({ event, anonymousId }) => event === 'Order Completed' && anonymousId,
    )
    expect(orders.length).toBeGreaterThan(20)
  })
})

function isOfSession(event: ParsedEvent): boolean {
  return event.integrations['Actions Amplitude'] !== undefined
}

function sessionOf(event: ParsedEvent): string {
  return `${event.anonymousId} ${event.integrations['Actions Amplitude'].session_id}`
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
