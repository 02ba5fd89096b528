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

  it('lie 1 to 4 s before the moment at which the message is nominally due, always alike for one user', () => {
    const latencies = new Map<string, number>()
    forEachOwn((n, event, nominalMs) => {
      const latencyMs = Math.floor(nominalMs) - Date.parse(event.timestamp)
      expect(latencyMs).toBeGreaterThanOrEqual(1000)
      expect(latencyMs).toBeLessThanOrEqual(4000)
      expect(Date.parse(event.receivedAt)).toBeLessThan(nominalMs)
      if (event.userId) expect(latencies.get(event.userId) ?? latencyMs, `message ${n}`).toBe(latencyMs)
      if (event.userId) latencies.set(event.userId, latencyMs)
    })
    expect(new Set(latencies.values()).size).toBeGreaterThan(100)
  })

  it('are evenly spread over the history that a phase replays', () => {
    const historyMs = 400 * 86_400_000
    const { traffic: old } = testTraffic({ phases: [livePhase(COUNT, 500, { historyMs, envelope: 'replay' })] })
    const stepMs = historyMs / COUNT
    eventsOf(old, 0, COUNT).forEach((event, n) => {
      const into = Date.parse(event.timestamp) - (header.startedAtMs - historyMs)
      const { timestamp, receivedAt, sentAt, originalTimestamp } = timesOf(event)
      expect(timestamp).toBe(receivedAt - (sentAt - originalTimestamp))
      if (!twins.has(n)) expect(into).toBe(Math.floor((n + 0.5) * stepMs))
    })
  })

  it('do not hang on the envelope', () => {
    for (let i = 0; i < 500; i++) expect(timesOf(eventAt(traffic, i, 'replay'))).toEqual(timesOf(events[i]!))
  })
})

describe('a block of a hundred messages', () => {
  it('holds exactly one twin: an earlier page, screen or track call of the block with another messageId', () => {
    for (let first = 0; first < 2 * COUNT; first += 100) {
      const block = events.slice(first, first + 100)
      const [place, ...others] = twinsAmong(block)
      const twin = block[place!]!
      const source = block.find((event) => contentOf(event) === contentOf(twin))!
      expect(others).toEqual([])
      expect(['page', 'screen', 'track']).toContain(twin.type)
      expect(twin.messageId).not.toBe(source.messageId)
    }
    expect(twins.size).toBe((2 * COUNT) / 100)
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
