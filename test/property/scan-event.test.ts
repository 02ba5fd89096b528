import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type IncomingEvent, partOf, scannedEvent, wholeEvent } from '../../src/partner/incoming-event.ts'

const utf8 = new TextEncoder()

/** What a receiver looks at, and the letters of the rest. */
function seen(event: unknown): unknown {
  const { text, json, messageId, type, userId, event: name, timestampMs } = event as IncomingEvent
  const parts = (['traits', 'context', 'integrations'] as const).map((part) => partOf(event as IncomingEvent, part))
  return { text, json, messageId, type, userId, name, timestampMs, parts }
}

/** A scan says the same as JSON.parse, or nothing. */
function expectAgreement(bytes: Uint8Array): boolean {
  const scanned = scannedEvent(bytes)
  if (scanned !== undefined) expect(seen(scanned)).toEqual(seen(wholeEvent(bytes)))
  return scanned !== undefined
}

const timestamp = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom(
    '2026-02-30T10:00:00.000Z',
    '2026-01-31T24:00:00.000Z',
    '2024-02-29T23:59:59.999Z',
    '2026-01-01',
    'x',
  ),
  fc.string({ unit: fc.constantFrom(...'0123456789-T:.Z'), minLength: 24, maxLength: 24 }),
)
const value = fc.oneof(fc.jsonValue(), fc.string({ unit: 'grapheme' }), fc.double())
const event = fc.record(
  {
    messageId: fc.oneof(fc.uuid(), value),
    type: fc.oneof(fc.constantFrom('track', 'identify', 'group', 'delete'), value),
    userId: fc.oneof(fc.constant(null), fc.string(), value),
    event: fc.oneof(fc.constant('Added'), value),
    anonymousId: fc.oneof(fc.uuid(), value),
    groupId: value,
    traits: value,
    timestamp: fc.oneof(timestamp, value),
    context: value,
    integrations: value,
    properties: fc.dictionary(fc.string({ unit: 'grapheme' }), value),
    messageID: value,
  },
  { requiredKeys: ['messageId', 'type'] },
)

test('reads of any event what JSON.parse reads', () => {
  fc.assert(
    fc.property(event, (one) => void expectAgreement(utf8.encode(JSON.stringify(one)))),
    { numRuns: 1000 },
  )
})

test('takes the events that senders usually write', () => {
  const usual = { messageId: 'a-1', type: 'track', userId: 'u', event: 'Added', timestamp: '2026-01-31T09:05:00.250Z' }
  const properties = { price: -12.5, tags: [], more: {}, list: [1, [true, null, { a: 'ü„“🎉\n"' }]], of: false }
  const parts = { traits: null, context: { traits: { email: 'a@b' } }, integrations: 'none' }
  expect(expectAgreement(utf8.encode(JSON.stringify({ ...usual, ...parts, properties })))).toBe(true)
  expect(expectAgreement(utf8.encode(JSON.stringify({ ...usual, properties, traits: { a: [1] } })))).toBe(true)
})

test('mistakes no longer or shorter name for one that it looks for', () => {
  const name = fc.constantFrom('messageId', 'type', 'userId', 'event', 'timestamp', 'anonymousId', 'groupId', 'context')
  const like = fc
    .tuple(name, fc.constantFrom(-1, 1, 15, 16, 32))
    .map(([of, by]) => (by < 0 ? of.slice(0, by) : of + 'x'.repeat(by)))
  const run = (others: readonly string[]): void => {
    const more = Object.fromEntries(others.map((other) => [other, 'other']))
    expect(expectAgreement(utf8.encode(JSON.stringify({ ...more, messageId: 'a', userId: 'u', type: 'page' })))).toBe(
      true,
    )
  }
  fc.assert(fc.property(fc.array(like), run), { numRuns: 500 })
})

test('never takes what JSON.parse refuses, wherever a byte is wrong, missing or too many', () => {
  const change = fc.record({ at: fc.nat(), byte: fc.nat(255), how: fc.constantFrom('put', 'cut', 'insert', 'drop') })
  const changes = fc.array(change, { minLength: 1, maxLength: 2 })
  const run = (one: object, edits: readonly Edit[]): void =>
    void expectAgreement(edits.reduce(edited, utf8.encode(JSON.stringify(one))))
  fc.assert(fc.property(event, changes, run), { numRuns: 4000 })
})

test('reads a string of any length with any byte at any place of it', () => {
  const bytes = utf8.encode('{"messageId":"a","userId":"u","type":"page","x":"plain text","y":"ü\\"z"}')
  const taken = new Set<number>()
  const first = bytes.indexOf('p'.charCodeAt(0), bytes.indexOf('x'.charCodeAt(0)))
  for (let at = first; at < first + 10; at++) {
    for (let byte = 0; byte < 256; byte++) if (expectAgreement(bytes.with(at, byte))) taken.add(byte)
    expectAgreement(Uint8Array.from([...bytes.subarray(0, first), ...bytes.subarray(at)]))
  }
  expect([0x1f, 0x20, 0x21, 0x22, 0x23, 0x5b, 0x5d, 0x7f, 0x80].map((byte) => taken.has(byte))).toEqual([
    ...[false, true, true, false, true, true, true, true, false],
  ])
})

test('reads nothing behind the end of an event, whatever was read before it', () => {
  const bytes = utf8.encode('{"messageId":"a","traits":{"n":[1.5,true]},"userId":"u","type":"page"}')
  for (let length = bytes.length; length >= 0; length--) {
    expectAgreement(bytes)
    expect(expectAgreement(bytes.slice(0, length))).toBe(length === bytes.length)
  }
})

test('leaves events beyond twice what Segment takes to JSON.parse', () => {
  const sized = (length: number): Uint8Array => {
    const [opening, closing] = ['{"messageId":"a","userId":"u","type":"page","x":"', '"}']
    return utf8.encode(opening + 'x'.repeat(length - opening.length - closing.length) + closing)
  }
  expect(expectAgreement(sized(65_536))).toBe(true)
  expect(expectAgreement(sized(65_537))).toBe(false)
  expect(wholeEvent(sized(65_537))).toHaveProperty('messageId', 'a')
})

test('leaves to JSON.parse what stands twice, in other letters, between spaces, or is not as it should be', () => {
  const usual = '"messageId":"a","userId":"u"'
  const texts = [
    `{${usual},"type":"page"}`,
    `{${usual},"type":"page","type":"page"}`,
    `{${usual},"type":"page","type":1}`,
    `{${usual},"\\u0074ype":"x","type":"page"}`,
    `{${usual}, "type":"page"}`,
    '{"messageId":"a\\n","userId":"u","type":"page"}',
    '{"messageId":"","userId":"u","type":"page"}',
    `{${usual},"type":"page","n":1e5}`,
    `{${usual}}`,
    `{${usual},"type":"pages"}`,
    `{${usual},"type":"track"}`,
    `{${usual},"type":"group","groupId":""}`,
    `{${usual},"type":"page","anonymousId":""}`,
    `{${usual},"type":"page","properties":[]}`,
    `{${usual},"type":"page","traits":"none"}`,
    '{"messageId":"a","userId":7,"type":"page"}',
    '{"messageId":"a","userId":null,"type":"page"}',
  ]
  expect(texts.filter((text) => expectAgreement(utf8.encode(text)))).toEqual(texts.slice(0, 1))
})

type Edit = { readonly at: number; readonly byte: number; readonly how: string }

function edited(bytes: Uint8Array, { at: place, byte, how }: Edit): Uint8Array {
  const at = place % Math.max(1, bytes.length)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + (how === 'put' || how === 'drop' ? 1 : 0))]
  if (how === 'cut') return before
  return Uint8Array.from([...before, ...(how === 'drop' ? [] : [byte]), ...after])
}
