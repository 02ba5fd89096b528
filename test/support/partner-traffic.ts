import type { PartnerRequest } from '../../src/partner/partner-request.ts'

/** An event as a receiver meets it: whatever is not given is that of a small track call. */
export function eventOf(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    type: 'track',
    messageId: '11111111-2222-4333-8444-555555555555',
    userId: 'sq_test_Ada',
    event: 'Order Completed',
    timestamp: '2026-01-01T00:00:00.000Z',
    sentAt: '2026-01-01T00:00:00.250Z',
    integrations: {},
    context: { library: { name: 'a library whose name is longer than most names are', version: '1.0.0' } },
    properties: { total: 12.5, zip: '00501', city: 'Zürich', note: null },
    ...changes,
  }
}

/** A request to a receiver that brings `body`: text as it stands, anything else as JSON. */
export function requestOf(body: unknown, changes: Partial<PartnerRequest> = {}): PartnerRequest {
  return {
    method: 'POST',
    body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
    receivedAtMs: Date.UTC(2026, 0, 1),
    account: 'customer',
    ...changes,
  }
}

/** One copy of an event, due at a moment. */
export interface DueCopy {
  readonly dueMs: number
  readonly event: Readonly<Record<string, unknown>>
}

const DAY_MS = 86_400_000

/**
 * A thousand events in four seconds and their copies: racing, late, replayed; old ones, twins of other ids, and identifies that
 * come out of order. Enough to bring out whatever is wrong with a receiver.
 */
export function revealingTraffic(startMs: number): DueCopy[] {
  return Array.from({ length: 1000 }, (_, i) => copiesOf(i, startMs)).flat()
}

function copiesOf(i: number, startMs: number): DueCopy[] {
  const dueMs = i * 4
  const event = i % 5 === 4 ? identify(i, startMs) : track(i, startMs)
  const replay = { ...event, integrations: { All: false, Partner: true } }
  const first = { dueMs, event }
  if (i % 10 === 0) return [first, { dueMs, event }]
  if (i % 10 === 1) return [first, { dueMs: dueMs + 3000, event }]
  if (i % 10 === 2) return [first, { dueMs: dueMs + 6000, event: replay }]
  if (i % 100 === 3) return [first, { dueMs: dueMs + 1, event: { ...event, messageId: idOf(i + 5000) } }]
  return [first]
}

/** One of them is of a user who identifies later, and earlier by event time. */
function track(i: number, startMs: number): Record<string, unknown> {
  const atMs = startMs + i * 4 - (i % 10 === 6 ? 40 * DAY_MS : 0)
  return eventOf({ messageId: idOf(i), userId: `sq_test_${i === 1 ? 9 : i % 20}`, ...timesOf(atMs) })
}

/** Each user's identifies come in the opposite order of their times. */
function identify(i: number, startMs: number): Record<string, unknown> {
  const { event: _, properties: __, ...common } = eventOf()
  const traits = { plan: `plan ${i}`, score: i / 4 }
  return {
    ...common,
    type: 'identify',
    messageId: idOf(i),
    userId: `sq_test_${i % 20}`,
    traits,
    ...timesOf(startMs - i),
  }
}

function timesOf(atMs: number): Record<string, string> {
  return { timestamp: new Date(atMs).toISOString(), sentAt: new Date(atMs + 250).toISOString() }
}

function idOf(i: number): string {
  return `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`
}
