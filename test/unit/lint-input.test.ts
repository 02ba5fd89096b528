import { describe, expect, test } from 'vitest'
import type { LintReport } from '../../src/lint/lint-report.ts'
import { Linter } from '../../src/lint/linter.ts'
import type { LintProfile } from '../../src/lint/rule.ts'
import { SOUND, SOUND_REQUEST } from '../support/lint-cases.ts'

const UNNAMED = { ...SOUND, event: undefined, properties: {} }

function lintOf(lines: readonly unknown[], profile: LintProfile = 'spec'): LintReport {
  const linter = new Linter(profile)
  lines.forEach((line, i) => {
    linter.take(typeof line === 'string' ? line : JSON.stringify(line), i + 1)
  })
  return linter.report()
}

describe('what a line may be', () => {
  const forms: readonly (readonly [what: string, line: unknown, pointer: string])[] = [
    ['an event', UNNAMED, '/event'],
    ['an array of events', [SOUND, UNNAMED], '/1/event'],
    ['a batch', { batch: [SOUND, SOUND, UNNAMED], sentAt: '2026-01-31T09:30:00Z' }, '/batch/2/event'],
    ['a request', { ...SOUND_REQUEST, body: UNNAMED }, '/body/event'],
    ['a request whose body is text', { ...SOUND_REQUEST, body: JSON.stringify(UNNAMED) }, '/body/event'],
    ['a request with a batch', { ...SOUND_REQUEST, body: { batch: [UNNAMED] } }, '/body/batch/0/event'],
  ]
  for (const [what, line, pointer] of forms) {
    test(`${what}: its place is said from the line on`, () => {
      const { findings } = lintOf([SOUND, line])
      expect(findings).toMatchObject([{ rule: 'event_not_defined', count: 1, examples: [{ line: 2, pointer }] }])
    })
  }

  test('events and requests are counted, empty lines are not', () => {
    const report = lintOf([SOUND, '', '  ', [SOUND, SOUND], SOUND_REQUEST, { batch: [SOUND] }])
    expect(report).toMatchObject({ lines: 4, events: 5, requests: 1, malformed: 0, errors: 0, warnings: 0 })
  })

  test('an endpoint says what an event without a type is', () => {
    const body = { ...SOUND, type: undefined }
    expect(lintOf([{ ...SOUND_REQUEST, body }], 'stream').errors).toBe(0)
    const batch = { ...SOUND_REQUEST, url: 'https://api.segment.io/v1/batch', body: { batch: [body] } }
    expect(lintOf([batch], 'stream').findings.map(({ rule }) => rule)).toEqual(['missing_type'])
  })

  test('the context of a batch counts for its events', () => {
    const batch = [{ ...SOUND, context: undefined }]
    expect(lintOf([{ batch, context: SOUND.context }], 'stream').errors).toBe(0)
    expect(lintOf([{ batch }], 'stream').errors).toBe(1)
  })
})

describe('a malformed line', () => {
  const malformed = ['{"type":"track",', 'null', '42', '[SOUND]', '{"url":"/v1/track","body":"{"}', '\u0000\u001b[31m']

  test('is counted and named, and the rest goes on', () => {
    const report = lintOf([SOUND, ...malformed, UNNAMED])
    expect(report).toMatchObject({ malformed: 6, events: 2, errors: 7 })
    const [unreadable] = report.findings.filter(({ rule }) => rule === 'bad_request')
    expect(unreadable).toMatchObject({ severity: 'error', count: 6 })
    expect(unreadable!.examples.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6])
  })

  test('may be an element of a batch', () => {
    const report = lintOf([[SOUND, 7, null, SOUND]])
    expect(report).toMatchObject({ malformed: 2, events: 2 })
    expect(report.findings[0]!.examples.map(({ pointer }) => pointer)).toEqual(['/1', '/2'])
  })
})

describe('findings', () => {
  test('are grouped by rule, errors first, with all counted and the first few shown', () => {
    const legacy = { ...SOUND, event: 'Completed Order' }
    const { findings } = lintOf([legacy, ...Array.from({ length: 20 }, () => UNNAMED)])
    expect(findings.map(({ rule, count, examples }) => [rule, count, examples.length])).toEqual([
      ['event_not_defined', 20, 5],
      ['legacy-name', 1, 1],
    ])
  })

  test('name what is meant', () => {
    const near = lintOf([{ ...SOUND, event: 'Order Complted' }]).findings[0]!
    expect(near.examples[0]!.detail).toBe('"Order Complted": the Spec’s name is "Order Completed"')
  })

  test('escape names as a JSON Pointer does', () => {
    const consent = { categoryPreferences: { 'a/b~c': 1 } }
    const event = { ...SOUND, event: 'Segment Consent Preference Updated', properties: {}, context: { consent } }
    const [finding] = lintOf([event]).findings
    expect(finding!.examples[0]!.pointer).toBe('/context/consent/categoryPreferences/a~1b~0c')
  })

  test('survive names that objects have of themselves', () => {
    const odd = `{"type":"track","event":"constructor","messageId":"m","userId":"u","__proto__":{"event":1},"properties":{"constructor":1,"toString":2}}`
    expect(lintOf([odd, '{"type":"__proto__"}', '{"constructor":1}']).events).toBe(3)
  })
})

describe('the inventory of a Stream', () => {
  test('counts each kind of event, and says which the Spec knows', () => {
    const own = { ...SOUND, event: 'Invoice Paid' }
    const { inventory } = lintOf([SOUND, own, SOUND, { ...SOUND, type: 'identify' }], 'stream')
    expect(inventory).toEqual([
      { type: 'track', event: 'Order Completed', spec: 'ecommerce', count: 2 },
      { type: 'track', event: 'Invoice Paid', spec: '', count: 1 },
      { type: 'identify', event: '', spec: '', count: 1 },
    ])
  })

  test('stays small when names carry ids', () => {
    const events = Array.from({ length: 10_050 }, (_, i) => ({
      ...SOUND,
      event: `Opened page ${i} of a rather long list of pages`,
    }))
    const { inventory } = lintOf(events, 'stream')
    expect(inventory).toHaveLength(10_001)
    expect(inventory![0]!.count).toBe(50)
  })

  test('is of a Stream alone', () => {
    expect(lintOf([SOUND]).inventory).toBeNull()
  })
})
