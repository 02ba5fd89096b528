import { describe, expect, it, test } from 'vitest'
import { makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import { realAddressIn } from '../../generators/real-people.ts'
import { instantMs } from '../../src/analysis/audit-instant.ts'
import { Linter } from '../../src/lint/linter.ts'
import { FLAWS } from '../../src/model/flaws.ts'
import type { Envelope } from '../../src/model/message.ts'
import { type Message, NAMESPACE_STRIDE, type Traffic } from '../../src/model/message.ts'
import type { FlawPlan } from '../../src/model/plan.ts'
import { MalformedEvent, parseEvent } from '../../src/partner/incoming-event.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'

const COUNT = 600
/** Web, mobile and server, every kind of call, and many deletes. */
const MIX = { shopping: 1, 'sign-up': 2, 'mobile-session': 3, teamwork: 1, erasure: 24 }
const corpus = makeCorpus(1, 40)
const utf8 = new TextDecoder()
const VALID = FLAWS.filter(({ expects }) => expects === 'accepted')
const INVALID = FLAWS.filter(({ expects }) => expects === 'refused')
const namesOf = (flaws: typeof FLAWS): string[] => flaws.map(({ name }) => name)
const numbers = Array.from({ length: COUNT }, (_, n) => n)

function trafficWith(flaws: FlawPlan): Traffic {
  const plan = testPlan({
    phases: [livePhase(COUNT, 200, { flaws })],
    traffic: { mix: MIX, people: 40, namespaces: 2 },
  })
  return trafficOf(corpus, plan, testHeader(plan))
}

const sound = trafficWith({ names: [], share: 0 })
const unusual = trafficWith({ names: namesOf(VALID), share: 0.8 })
const flawed = numbers.filter((n) => unusual.flawAt(n) !== '')

/** All messages that have a flaw where each that can has it. */
function messagesWith(name: string): { readonly traffic: Traffic; readonly messages: readonly Message[] } {
  const traffic = trafficWith({ names: [name], share: 1 })
  const touched = numbers.filter((n) => traffic.flawAt(n) === name)
  return { traffic, messages: touched.map((n) => traffic.messageAt(n, 'live')) }
}

function textOf({ bytes }: Pick<Message, 'bytes'>): string {
  return utf8.decode(bytes)
}

function eventOf(traffic: Traffic, n: number, envelope: Envelope = 'live'): Record<string, unknown> {
  return JSON.parse(textOf(traffic.messageAt(n, envelope)))
}

describe('each flaw', () => {
  it.each(VALID)('$name: is there, and leaves an event that is found valid', ({ name, foundBy }) => {
    const { messages } = messagesWith(name)
    expect(messages.length).toBeGreaterThan(2)
    const linter = new Linter('spec')
    for (const message of messages.slice(0, 60)) {
      const { index, messageId } = message
      expect(textOf(message)).not.toBe(textOf(sound.messageAt(index, 'live')))
      expect(parseEvent(message.bytes)).toMatchObject({ messageId })
      expect(realAddressIn(textOf(message))).toBeUndefined()
      linter.take(textOf(message), 1 + index)
    }
    const { errors, findings } = linter.report()
    expect({ errors, rules: findings.map(({ rule }) => rule) }).toEqual({ errors: 0, rules: foundBy ? [foundBy] : [] })
  })

  it.each(INVALID)('$name: is in every event, found by $foundBy and refused', ({ name, foundBy }) => {
    const { messages } = messagesWith(name)
    expect(messages).toHaveLength(COUNT)
    for (const message of messages.slice(0, 30)) {
      const linter = new Linter('spec')
      linter.take(textOf(message), 1)
      const errors = linter.report().findings.filter(({ severity }) => severity === 'error')
      expect(errors.map(({ rule }) => rule)).toEqual([foundBy])
      expect(parseEvent(message.bytes)).toBeInstanceOf(MalformedEvent)
    }
  })
})

describe('which message has which', () => {
  test('is as asked: about the share, every kind, and the rest as it was', () => {
    expect(flawed.length / COUNT).toBeCloseTo(0.8, 1)
    expect(new Set(flawed.map((n) => unusual.flawAt(n)))).toEqual(new Set(namesOf(VALID)))
    for (const n of numbers.filter((one) => !flawed.includes(one))) {
      expect(unusual.messageAt(n, 'live').bytes).toEqual(sound.messageAt(n, 'live').bytes)
    }
  })

  test('does not hang on what was asked before, nor on the namespace', () => {
    const again = trafficWith({ names: namesOf(VALID), share: 0.8 })
    for (const n of numbers.toReversed()) {
      expect(textOf(again.messageAt(n, 'live'))).toBe(textOf(unusual.messageAt(n, 'live')))
      expect(again.flawAt(NAMESPACE_STRIDE + n)).toBe(unusual.flawAt(n))
    }
  })

  test('is the same in a replay, whose integrations alone differ', () => {
    for (const n of flawed) {
      const [{ integrations: _, ...live }, replay] = [eventOf(unusual, n), eventOf(unusual, n, 'replay')]
      expect(replay).toEqual({ ...live, integrations: { All: false, Squall: true } })
    }
  })
})

describe('what is asked of a message without its bytes', () => {
  test('its messageId is its own, and found again', () => {
    const ids = numbers.map((n) => unusual.messageIdAt(n))
    expect(new Set(ids).size).toBe(COUNT)
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBeLessThan(COUNT)
    for (const n of numbers) {
      expect(eventOf(unusual, n).messageId).toBe(ids[n])
      expect(unusual.indexOf(ids[n]!)).toBe(n)
    }
  })

  test('what would be its messageId without its flaw is nobody’s', () => {
    const twins = flawed.filter((n) => unusual.flawAt(n) === 'ids-in-case')
    expect(twins.map((n) => unusual.indexOf(sound.messageIdAt(n)))).toEqual(twins.map(() => undefined))
  })

  test('its instant is what its timestamp says, to the microsecond', () => {
    for (const n of numbers) expect(instantMs(eventOf(unusual, n).timestamp)).toBeCloseTo(unusual.timestampMsAt(n), 3)
  })

  test('its four times keep their rule', () => {
    for (const n of flawed.filter((one) => unusual.flawAt(one) !== 'delete-go-time')) {
      const { timestamp, receivedAt, sentAt, originalTimestamp } = eventOf(unusual, n)
      const ruleMs = instantMs(receivedAt) - (instantMs(sentAt) - instantMs(originalTimestamp))
      expect(Math.floor(instantMs(timestamp))).toBe(ruleMs)
    }
  })
})

describe('what is hard to write', () => {
  test('numbers stand as they are meant', () => {
    const [first] = messagesWith('number-forms').messages
    expect(textOf(first!)).toMatch(/"amount":1\.0,"weight":1e21,"drift":1E-7,"ratio":-0\.10\b/)
    expect(textOf(messagesWith('big-integers').messages[0]!)).toContain(':9007199254740993,')
  })

  test('events lie 64 levels deep, and weigh nearly 32 KB in either envelope', () => {
    for (const { bytes } of messagesWith('deep-nesting').messages)
      expect(depthOf(JSON.parse(utf8.decode(bytes)))).toBe(64)
    const { traffic, messages } = messagesWith('large-events')
    for (const { index } of messages) {
      const sizes = (['live', 'replay'] as const).map((envelope) => traffic.messageAt(index, envelope).bytes.length)
      expect(Math.min(...sizes)).toBeGreaterThan(31 * 1024)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(32 * 1024)
    }
  })

  test('what is oversized lies between 33 and 64 KB, whichever event it was, and is one all the same', () => {
    const { messages } = messagesWith('oversized')
    expect(messages).toHaveLength(COUNT)
    for (const { bytes } of messages.slice(0, 60)) {
      expect(bytes.length).toBeGreaterThan(32 * 1024 + 512)
      expect(bytes.length).toBeLessThan(65 * 1024)
      expect(parseEvent(bytes)).not.toBeInstanceOf(MalformedEvent)
    }
  })

  test('two userIds differ in their normal form alone', () => {
    const { traffic, messages } = messagesWith('ids-in-normal-form')
    const endings = messages.map(({ index }) =>
      String(eventOf(traffic, index).userId).slice(String(eventOf(sound, index).userId).length),
    )
    expect(new Set(endings)).toEqual(new Set(['é', 'e\u0301']))
  })
})

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
}
