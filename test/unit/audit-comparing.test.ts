import { describe, expect, it } from 'vitest'
import type { Traffic } from '../../src/model/message.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import { auditCase, auditOf, eventAt, nodeDigest, soundReceipt, soundReceipts, textAt } from '../support/audit-case.ts'

const run = auditCase()

describe('comparing content', () => {
  const changed = (change: (event: ReturnType<typeof eventAt>) => void): string => {
    const event = eventAt(run.traffic, 3)
    change(event)
    return JSON.stringify(event)
  }
  const differencesOf = async (changes: Partial<Receipt>) =>
    (await auditOf(run, [soundReceipt(run, 3, changes)])).altered

  it.each<[string, Partial<Receipt>]>([
    ['the replay copy', { body: new TextDecoder().decode(run.traffic.messageAt(3, 'replay').bytes) }],
    ['a parsed body', { body: eventAt(run.traffic, 3) }],
    [
      'another order of keys',
      { body: JSON.stringify(Object.fromEntries(Object.entries(eventAt(run.traffic, 3)).reverse())) },
    ],
    ['another spelling of numbers', { body: textAt(run.traffic, 3).replace('"quantity":2', '"quantity":2.0e0') }],
    [
      'fields that the store added',
      { body: changed((event) => Object.assign(event.properties.products[0], { own: 1 })) },
    ],
    [
      'another event time, which is not content',
      { body: changed((event) => Object.assign(event, { timestamp: 'x' })) },
    ],
    ['right fields', { type: 'track', event: 'Order Completed', userId: 'sq_testrun1_3' }],
    [
      'pointers that are right',
      { '/properties/zip': '00420', '/properties/a~1b~0c': 1, '/properties/products/1/sku': 'y' },
    ],
    ['a boolean of a table', { '/properties/gift': 1 }],
    ['JSON text of a table', { '/properties/products': '[{"sku":"x","quantity":2},{"sku":"y","quantity":1}]' }],
    ['pointers to what the event does not have', { '/own/field': 5 }],
    ['integrations of the replay', { '/integrations/All': false, '/integrations/Partner': true }],
  ])('does not blame %s', async (_, changes) => {
    expect(await differencesOf(changes)).toEqual({ count: 0, examples: [] })
  })

  it.each<[string, Partial<Receipt>, string, string, string]>([
    [
      'a changed number',
      { body: changed((e) => Object.assign(e.properties, { total: 4 })) },
      '/properties/total',
      '4.1',
      '4',
    ],
    ['a missing field', { body: changed((e) => delete e.properties.zip) }, '/properties/zip', '00420', 'nothing'],
    [
      'a null that became something',
      { body: changed((e) => Object.assign(e.properties, { coupon: '' })) },
      '/properties/coupon',
      'null',
      '',
    ],
    [
      'a null that is gone',
      { body: changed((e) => delete e.properties.coupon) },
      '/properties/coupon',
      'null',
      'nothing',
    ],
    [
      'a list in another order',
      { body: changed((e) => e.properties.products.reverse()) },
      '/properties/products/0/sku',
      'x',
      'y',
    ],
    [
      'a shortened list',
      { body: changed((e) => e.properties.products.pop()) },
      '/properties/products',
      'a list of 2',
      'a list of 1',
    ],
    [
      'mangled unicode',
      { body: changed((e) => Object.assign(e.properties, { note: 'M?ller' })) },
      '/properties/note',
      'Müller 😀 \u2028',
      'M?ller',
    ],
    [
      'integrations of neither copy',
      { body: changed((e) => Object.assign(e, { integrations: {} })) },
      '/integrations/All',
      'false',
      'nothing',
    ],
    ['a text that became a number', { '/properties/zip': 420 }, '/properties/zip', '00420', '420'],
    [
      'an object that became a text',
      { body: changed((e) => Object.assign(e, { context: 'x' })) },
      '/context',
      'an object of 2',
      'x',
    ],
    ['a key with slashes', { '/properties/a~1b~0c': 2 }, '/properties/a~1b~0c', '1', '2'],
    ['another user', { userId: 'sq_testrun1_4' }, '/userId', 'sq_testrun1_3', 'sq_testrun1_4'],
    ['a body that is no JSON', { body: '{"messageId":' }, '', 'JSON', '{"messageId":'],
    ['a body that is a null', { body: 'null' }, '', 'an object of 7', 'null'],
  ])('names the place of %s', async (_, changes, pointer, expected, actual) => {
    expect(await differencesOf(changes)).toEqual({ count: 1, examples: [{ index: 3, pointer, expected, actual }] })
  })

  it('shows of long texts what is about the difference', async () => {
    const { examples } = await differencesOf({ '/properties/note': `Müller 😀 \u2028${'x'.repeat(1000)}` })
    expect(examples[0]!.actual).toHaveLength(198)
    const event = eventAt(run.traffic, 3)
    const bytes = bytesOf({ ...event, long: 'y'.repeat(900) })
    const messageAt = () => ({ ...run.traffic.messageAt(3, 'live'), bytes })
    const long = { ...run.traffic, messageAt, lentAt: messageAt }
    const cut = await auditOf({ ...run, traffic: long }, [
      soundReceipt(run, 3, { body: JSON.stringify({ ...event, long: 'y'.repeat(255) }) }),
    ])
    expect(cut.altered.examples[0]).toMatchObject({ pointer: '/long', actual: `…${'y'.repeat(40)}` })
    expect(cut.altered.examples[0]!.expected.length).toBeLessThanOrEqual(200)
  })

  it('survives a store that nests without end', async () => {
    const body = `${textAt(run.traffic, 3).slice(0, -1)},"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect(await differencesOf({ body })).toEqual({ count: 0, examples: [] })
  })

  it('takes a digest of either copy, whatever the order of its keys, and no other', async () => {
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([k, v]) => [k, sorted(v)]),
            )
          : value
    const digestOf = (text: string) => nodeDigest.sha256(JSON.stringify(sorted(JSON.parse(text))))
    const { messageId } = soundReceipt(run, 3)
    const replay = new TextDecoder().decode(run.traffic.messageAt(3, 'replay').bytes)
    for (const text of [textAt(run.traffic, 3), replay]) {
      const findings = await auditOf(run, [{ messageId, digest: digestOf(text).toUpperCase() }])
      expect(findings).toMatchObject({ altered: { count: 0 }, comparedContent: 1 })
    }
    const findings = await auditOf(run, [{ messageId, digest: digestOf('{}') }])
    expect(findings.altered).toMatchObject({ count: 1, examples: [{ pointer: '', actual: digestOf('{}') }] })
  })

  it('does not call plain fields or strange pointers content that was compared', async () => {
    const { messageId } = soundReceipt(run, 3)
    const findings = await auditOf(run, [{ messageId, type: 'track', '/own': 5 }])
    expect(findings).toMatchObject({ comparedContent: 0, altered: { count: 0 }, carried: ['pointer', 'type'] })
  })

  it('takes nulls as not carried', async () => {
    const { messageId } = soundReceipt(run, 3)
    const findings = await auditOf(run, [
      { messageId, body: null, timestamp: null, userId: null, '/properties/zip': null },
    ])
    expect(findings).toMatchObject({ carried: [], comparedContent: 0, comparedTime: 0, timeUnitMs: 0 })
  })
})

describe('comparing event times', () => {
  const run = auditCase(100, { startedAtMs: Date.UTC(2026, 0, 1, 9, 41, 27) })
  const stored = (as: (ms: number) => unknown): Receipt[] =>
    soundReceipts(run).map((receipt, index) => ({
      messageId: receipt.messageId,
      timestamp: as(run.traffic.timestampMsAt(index)),
    }))
  const iso = (ms: number): string => new Date(ms).toISOString()

  it.each<[string, number, (ms: number) => unknown]>([
    ['ISO text', 1, iso],
    ['ISO text with microseconds and an offset', 1, (ms) => iso(ms + 5_400_000).replace('Z', '000+01:30')],
    ['ISO text without a zone', 1, (ms) => iso(ms).replace('T', ' ').replace('Z', '')],
    ['text of PostgreSQL', 1, (ms) => iso(ms).replace('T', ' ').replace('Z', '+00')],
    ['milliseconds', 1, (ms) => ms],
    ['milliseconds as digits', 1, String],
    ['microseconds', 1, (ms) => ms * 1000],
    ['nanoseconds as digits', 1, (ms) => `${ms}000000`],
    ['seconds with a fraction', 1, (ms) => ms / 1000],
    ['tenths of a second', 100, (ms) => Math.floor(ms / 100) / 10],
    ['whole seconds, cut', 1000, (ms) => Math.floor(ms / 1000)],
    ['whole seconds, rounded', 1000, (ms) => String(Math.round(ms / 1000))],
    ['ISO text to the second', 1000, (ms) => iso(ms).replace(/\.\d+/, '')],
    ['ISO text to the minute', 60_000, (ms) => `${iso(ms).slice(0, 16)}Z`],
    ['whole hours', 3_600_000, (ms) => Math.floor(ms / 3_600_000) * 3600],
    ['dates', 86_400_000, (ms) => iso(ms).slice(0, 10)],
  ])('finds the unit of %s', async (_, timeUnitMs, as) => {
    const findings = await auditOf(run, stored(as))
    expect(findings).toMatchObject({ timeUnitMs, comparedTime: 100, misdated: { count: 0 } })
  })

  it.each([
    ['keeps', 0.456],
    ['cuts off', 0],
    ['rounds', 1],
  ])('takes a store that %s the microseconds of an instant that has some', async (_, keptMs) => {
    const exact: Traffic = { ...run.traffic, timestampMsAt: (index) => run.traffic.timestampMsAt(index) + 0.456 }
    const rounded = keptMs === 1 ? { ...exact, timestampMsAt: (n: number) => exact.timestampMsAt(n) + 0.2 } : exact
    const records = stored((ms) => (ms + keptMs) * 1000)
    expect(await auditOf({ ...run, traffic: rounded }, records)).toMatchObject({
      timeUnitMs: 1,
      misdated: { count: 0 },
    })
  })

  it('says what was stored instead', async () => {
    const records = stored(iso)
    const findings = await auditOf(run, [...records.slice(1), { ...records[0]!, timestamp: '2026-06-01T00:00:00Z' }])
    expect(findings.misdated).toEqual({
      count: 1,
      examples: [{ index: 0, expected: '2026-01-01T09:41:27.007Z', actual: '2026-06-01T00:00:00Z' }],
    })
  })

  it('holds a store that is one hour off to the millisecond', async () => {
    const findings = await auditOf(
      run,
      stored((ms) => iso(ms + 3_600_000)),
    )
    expect(findings).toMatchObject({ timeUnitMs: 1, misdated: { count: 100 } })
  })

  it('takes what cannot be read for misdated, and names no unit where none can', async () => {
    const findings = await auditOf(
      run,
      stored((ms) => (ms % 2 === 0 ? 'yesterday' : { toString: 5 })),
    )
    expect(findings).toMatchObject({ timeUnitMs: 0, comparedTime: 100, misdated: { count: 100 } })
  })

  it('reads the time under a pointer where there is no other', async () => {
    const { messageId, timestamp } = soundReceipt(run, 3)
    const findings = await auditOf(run, [{ messageId, '/timestamp': timestamp }])
    expect(findings).toMatchObject({ timeUnitMs: 1, comparedTime: 1, comparedContent: 0 })
  })
})

function bytesOf(event: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(event))
}
