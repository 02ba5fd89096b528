import { describe, expect, it } from 'vitest'
import { momentAtMs } from '../../generators/schedule/pace.ts'
import { contentOf, eventAt, eventsOf, type ParsedEvent, testTraffic, twinsAmong } from '../support/events.ts'
import { livePhase } from '../support/plans.ts'

const COUNT = 5000
const later = livePhase(COUNT, 700, { name: 'later', startMs: 4000, messages: { first: COUNT, count: COUNT } })
const { traffic, plan, header } = testTraffic({ phases: [livePhase(COUNT, 500), later] })
const events = eventsOf(traffic, 0, 2 * COUNT)
const twins = twinsAmong(events)

describe('the times of an event', () => {
  it('obey timestamp = receivedAt − (sentAt − originalTimestamp), to the millisecond', () => {
    for (const event of events) {
      const { timestamp, receivedAt, sentAt, originalTimestamp } = timesOf(event)
      expect(timestamp).toBe(receivedAt - (sentAt - originalTimestamp))
      expect(sentAt).toBeGreaterThan(originalTimestamp)
    }
  })

  it('are written as a JavaScript Date writes them', () => {
    for (const event of events.slice(0, 1000)) {
      for (const text of [event.timestamp, event.sentAt]) expect(new Date(text).toISOString()).toBe(text)
    }
  })

  it('say in originalTimestamp what the device thought, which is never quite right', () => {
    for (const event of events) expect(event.originalTimestamp).not.toBe(event.timestamp)
    const wrong = events.filter((event) => Math.abs(aheadMsOf(event)) > 60_000)
    expect(wrong.length / events.length).toBeGreaterThan(0.02)
    expect(wrong.length / events.length).toBeLessThan(0.3)
  })

  it('are told by timestampMsAt', () => {
    for (let i = 0; i < 2 * COUNT; i++) expect(traffic.timestampMsAt(i)).toBe(Date.parse(events[i]!.timestamp))
  })

  it('lie 1 to 4 s before the moment at which the message is nominally due, always alike for one user and device', () => {
    const latencies = new Map<string, number>()
    let late = 0
    forEachOwn((n, event, nominalMs) => {
      const latencyMs = Math.floor(nominalMs) - Date.parse(event.timestamp)
      expect(latencyMs).toBeGreaterThanOrEqual(1000)
      if (event.channel !== 'mobile') expect(latencyMs).toBeLessThanOrEqual(4000)
      if (latencyMs > 4000) late++
      expect(Date.parse(event.receivedAt)).toBeLessThan(nominalMs)
      if (!event.userId) return
      const who = `${event.userId} ${event.channel}`
      expect(latencies.get(who) ?? latencyMs, `message ${n}`).toBe(latencyMs)
      latencies.set(who, latencyMs)
    })
    expect(new Set(latencies.values()).size).toBeGreaterThan(100)
    expect(late / events.length).toBeGreaterThan(0.002)
    expect(late / events.length).toBeLessThan(0.1)
  })

  it('tell of phones that were out of reach: sent minutes to hours after the call, and dated by the call', () => {
    const late = events.filter((event) => timesOf(event).sentAt - timesOf(event).originalTimestamp > 60_000)
    expect(late.length).toBeGreaterThan(20)
    for (const event of late) {
      expect(event.channel).toBe('mobile')
      const { timestamp, receivedAt } = timesOf(event)
      expect(receivedAt - timestamp).toBeGreaterThanOrEqual(120_000)
      expect(receivedAt - timestamp).toBeLessThan(9 * 3_600_000)
    }
  })

  it('of old history follow each visit at its own pace, and lie within the history', () => {
    const historyMs = 400 * 86_400_000
    const { traffic: old } = testTraffic({ phases: [livePhase(COUNT, 500, { historyMs, envelope: 'replay' })] })
    const replayed = eventsOf(old, 0, COUNT)
    const duplicates = twinsAmong(replayed)
    replayed.forEach((event, n) => {
      const { timestamp, receivedAt, sentAt, originalTimestamp } = timesOf(event)
      expect(timestamp).toBe(receivedAt - (sentAt - originalTimestamp))
      expect(timestamp).toBe(old.timestampMsAt(n))
      expect(timestamp).toBeGreaterThanOrEqual(header.startedAtMs - historyMs)
      expect(timestamp).toBeLessThan(header.startedAtMs)
    })
    const own = replayed.filter((_, n) => !duplicates.has(n) && replayed[n]!.integrations['Actions Amplitude'])
    const visits = Map.groupBy(
      own,
      (event) => `${event.anonymousId} ${event.integrations['Actions Amplitude'].session_id}`,
    )
    expect(visits.size).toBeGreaterThan(200)
    for (const visit of visits.values()) {
      const instants = visit.map((event) => Date.parse(event.timestamp))
      expect(instants).toEqual([...instants].sort((a, b) => a - b))
      expect(instants.at(-1)! - instants[0]!).toBeLessThan(600_000)
    }
  })

  it('of old history are those of people who sleep at night', () => {
    const { traffic: old } = testTraffic({ phases: [livePhase(COUNT, 500, { historyMs: 70 * 86_400_000 })] })
    const inBerlin = eventsOf(old, 0, COUNT).filter(({ context }) => context.timezone === 'Europe/Berlin')
    const hours = inBerlin.map(({ timestamp }) => (new Date(timestamp).getUTCHours() + 1) % 24)
    const between = (from: number, to: number) => hours.filter((hour) => hour >= from && hour < to).length
    expect(inBerlin.length).toBeGreaterThan(200)
    expect(between(18, 22)).toBeGreaterThan(4 * between(1, 5))
  })

  it('do not hang on the envelope', () => {
    for (let i = 0; i < 500; i++) expect(timesOf(eventAt(traffic, i, 'replay'))).toEqual(timesOf(events[i]!))
  })
})

describe('twins', () => {
  it('are one message in a hundred or so: an earlier page, screen or track call close by, with another messageId', () => {
    for (const place of twins) {
      const twin = events[place]!
      const near = events.slice(Math.max(0, place - 12), place)
      const source = near.find((event) => contentOf(event) === contentOf(twin))!
      expect(['page', 'screen', 'track']).toContain(twin.type)
      expect(twin.messageId).not.toBe(source.messageId)
    }
    expect(twins.size / (2 * COUNT)).toBeGreaterThan(0.007)
    expect(twins.size / (2 * COUNT)).toBeLessThan(0.012)
  })
})

function forEachOwn(check: (n: number, event: ParsedEvent, nominalMs: number) => void): void {
  events.forEach((event, n) => {
    const phase = plan.phases[n < COUNT ? 0 : 1]!
    const position = n - phase.messages.first
    if (!twins.has(n)) check(n, event, header.startedAtMs + phase.startMs + momentAtMs(phase.pace, position))
  })
}

function timesOf(event: ParsedEvent) {
  return {
    timestamp: Date.parse(event.timestamp),
    receivedAt: Date.parse(event.receivedAt),
    sentAt: Date.parse(event.sentAt),
    originalTimestamp: Date.parse(event.originalTimestamp),
  }
}

function aheadMsOf(event: ParsedEvent): number {
  return Date.parse(event.originalTimestamp) - Date.parse(event.timestamp)
}
