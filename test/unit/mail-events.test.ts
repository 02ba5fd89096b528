import { describe, expect, test } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { Linter } from '../../src/lint/linter.ts'
import { mailEventsOf } from '../../src/partner/forward/mail-events.ts'
import type { SentMail } from '../../src/partner/forward/sent-mail.ts'
import type { ParsedEvent } from '../support/events.ts'
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts'

const RECEIVED_AT_MS = Date.UTC(2026, 0, 1, 9, 30)
const MARKED = { context: { squall: { run: 'abcd2345', synthetic: true }, integration: { name: 'another-tool' } } }

function mailOf(changes: Partial<SentMail> = {}): SentMail {
  const mail = { to: 'ada@mail.example', messageId: 'identify-1', type: 'identify', userId: 'sq_abcd2345_Ada' }
  return { ...mail, json: MARKED, receivedAtMs: RECEIVED_AT_MS, ...changes }
}

function answersTo(changes: Partial<SentMail> = {}, seed = 1): ParsedEvent[] {
  return mailEventsOf(mailOf(changes), seed, systemDigest).map((text) => JSON.parse(text))
}

/** What a thousand people do with their mail. */
function thousand(seed = 1): ParsedEvent[][] {
  return Array.from({ length: 1000 }, (_, i) => answersTo({ messageId: `identify-${i}` }, seed))
}

const THOUSAND = thousand()

describe('what an identify with an e-mail address leads to', () => {
  test('is a mail delivered, opened by some, and by some of those clicked and unsubscribed from', () => {
    const names = THOUSAND.map((events) => events.map(({ event }) => event))
    const all = ['Email Delivered', 'Email Opened', 'Email Link Clicked', 'Unsubscribed']
    for (const some of names) expect(some).toEqual(all.slice(0, some.length))
    const reached = all.map((name) => names.filter((some) => some.includes(name)).length)
    expect(reached[0]).toBe(1000)
    for (const [step, share] of [0, 500, 200, 50].entries()) {
      if (step > 0) expect(Math.abs(reached[step]! - share)).toBeLessThan(4 * Math.sqrt(share))
    }
  })

  test('is all that a Stream must be, and nothing else than the Spec says', () => {
    const linter = new Linter('stream')
    THOUSAND.flat().forEach((event, i) => {
      linter.take(JSON.stringify(event), i + 1)
    })
    expect(linter.report()).toMatchObject({ findings: [], errors: 0, warnings: 0 })
  })

  test('carries the same userId, the tool’s name, whose it is, and which identify it answers', () => {
    for (const event of THOUSAND.flat()) {
      expect(event.userId).toBe('sq_abcd2345_Ada')
      expect(event.context).toMatchObject({
        integration: { name: 'squall-mail', version: '1.0.0' },
        traits: { email: 'ada@mail.example' },
        squall: { run: 'abcd2345', synthetic: true, answers: { receivedAt: '2026-01-01T09:30:00.000Z' } },
      })
      expect(event.context.squall.answers.messageId).toMatch(/^identify-/)
      expect(event.anonymousId).toBeUndefined()
    }
  })

  test('has ids of its own, no two alike, and the same whenever that identify comes', () => {
    const ids = THOUSAND.flat().map(({ messageId }) => messageId)
    expect(new Set(ids).size).toBe(ids.length)
    const later = answersTo({ receivedAtMs: RECEIVED_AT_MS + 86_400_000 })
    expect(later.map(({ messageId }) => messageId)).toEqual(answersTo().map(({ messageId }) => messageId))
    expect(answersTo({ messageId: 'x'.repeat(5000) })[0]!.messageId.length).toBeLessThanOrEqual(100)
  })

  test('hangs on the seed', () => {
    const lengths = (seed: number): string =>
      thousand(seed)
        .map((events) => events.length)
        .join('')
    expect(lengths(1)).toBe(lengths(1))
    expect(lengths(2)).not.toBe(lengths(1))
  })

  test('keeps its order by event time', () => {
    const full = THOUSAND.find((events) => events.length === 4)!
    const times = full.map(({ timestamp }) => Date.parse(timestamp))
    expect(times).toEqual([0, 1, 2, 3].map((ms) => RECEIVED_AT_MS + ms))
  })

  test.each(HOSTILE_TEXTS)('is sound JSON whatever the person is called: %j', (text) => {
    const [delivered] = answersTo({ to: text || 'x', userId: text, messageId: text })
    expect(delivered).toMatchObject({ userId: text, context: { traits: { email: text || 'x' } } })
  })

  test('says nothing of a run that the identify does not name', () => {
    const [delivered] = answersTo({ json: { context: { squall: { run: 7, synthetic: 'x', more: 1 } } } })
    expect(Object.keys(delivered!.context.squall)).toEqual(['synthetic', 'answers'])
  })
})

describe('nothing is answered', () => {
  const own = { context: { integration: { name: 'squall-mail', version: '0.9.0' } } }
  test.each<[string, Partial<SentMail>]>([
    ['that is no identify', { type: 'track' }],
    ['of somebody without a userId', { userId: null }],
    ['without an address', { to: '' }],
    ['that came from this tool', { json: own }],
  ])('%s', (_, changes) => {
    expect(answersTo(changes)).toEqual([])
  })
})
