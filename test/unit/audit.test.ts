import { describe, expect, it } from 'vitest'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import { auditCase, auditOf, foundIn, setOf, soundReceipt, soundReceipts, standingsOf } from '../support/audit-case.ts'
import { brokenReceipts, memoryReceipts } from '../support/memory-receipts.ts'

const run = auditCase()

describe('finding messages', () => {
  it('finds each message of a sound store once and blames nothing', async () => {
    const findings = await auditOf(run, soundReceipts(run))
    expect(findings).toMatchObject({
      source: 'file',
      location: 'memory',
      unreadable: '',
      settled: true,
      readings: 2,
      records: 100,
      foundCount: 100,
      carried: ['body', 'timestamp'],
      comparedContent: 100,
      comparedTime: 100,
      timeUnitMs: 1,
      visibleMs: { p50: null, p99: null },
    })
    for (const kind of ['duplicated', 'strangers', 'altered', 'misdated'] as const) {
      expect(findings[kind]).toEqual({ count: 0, examples: [] })
    }
  })

  it('tells which messages are missing and which are stored more than once', async () => {
    const records = [0, 1, 1, 1, 3, 3].map((index) => soundReceipt(run, index))
    const findings = await auditOf(run, records)
    expect(foundIn(findings, 100)).toEqual([0, 1, 3])
    expect(findings.duplicated).toEqual({
      count: 2,
      examples: [
        { index: 1, records: 3 },
        { index: 3, records: 2 },
      ],
    })
  })

  it('counts records of other runs and holds nothing against them', async () => {
    const others = [{ messageId: 'otherrun:5', userId: 'sq_otherrun_1', body: '{"x":1}' }, { messageId: 'u-1' }]
    const findings = await auditOf(run, [...soundReceipts(run), ...others])
    expect(findings).toMatchObject({ records: 102, foundCount: 100, strangers: { count: 0 } })
  })

  it.each<[string, Partial<Receipt>]>([
    ['userId', { userId: 'sq_testrun1_9' }],
    ['/userId', { '/userId': 'sq_testrun1_9' }],
    ['run in a body as text', { body: '{"context":{"squall":{"run":"testrun1"}}}' }],
    ['run in a body as a value', { body: { context: { squall: { run: 'testrun1' } } } }],
    ['userId in a body', { body: '{"userId":"sq_testrun1_9"}' }],
    ['run under a pointer', { '/context/squall/run': 'testrun1' }],
  ])('calls a record with an unknown id a stranger by its %s', async (_, mark) => {
    const findings = await auditOf(run, [...soundReceipts(run), { messageId: 'made-up', ...mark }])
    expect(findings.strangers).toEqual({
      count: 1,
      examples: [{ messageId: 'made-up', why: 'its mark is of this run, its id is not' }],
    })
  })

  it('calls an id of this run that the plan has no message for a stranger', async () => {
    const beyond = [100, NAMESPACE_STRIDE].map((index) => ({ messageId: run.traffic.messageIdAt(index) }))
    const findings = await auditOf(run, [...soundReceipts(run), ...beyond])
    expect(findings.strangers.count).toBe(2)
    expect(findings.strangers.examples[0]).toEqual({ messageId: 'testrun1:100', why: 'the plan has no such message' })
  })

  it('shows twenty examples and counts the rest', async () => {
    const findings = await auditOf(run, [...soundReceipts(run), ...soundReceipts(run)])
    expect(findings.duplicated.count).toBe(100)
    expect(findings.duplicated.examples.map(({ index }) => index)).toEqual([...Array(20).keys()])
  })
})

describe('reading until it is quiet', () => {
  const all = soundReceipts(run)

  it('reads again until what was acknowledged is there, and says how long that took', async () => {
    const source = memoryReceipts(all.slice(0, 90), all.slice(0, 95), all)
    const findings = await auditOf(run, [], { source })
    expect(findings).toMatchObject({ readings: 4, settled: true, foundCount: 100 })
    // Readings at 5 s, +0.25, +0.5, +1 of a clock on which the run began at 1 s; everything was acked at 0.1 s.
    expect(findings.visibleMs).toEqual({ p50: 4150, p99: 4650 })
    expect(findings).toMatchObject({ readFromMs: 5750, readToMs: 5750 })
  })

  it('gives up when the settle time is over, with a last reading after its end', async () => {
    const findings = await auditOf(run, all.slice(0, 90))
    // 0, 0.25, 0.75, 1.75 and 2 s after the audit began.
    expect(findings).toMatchObject({ readings: 5, settled: true, foundCount: 90, readFromMs: 6000 })
  })

  it('is not settled when the last two readings differ', async () => {
    const source = memoryReceipts(...Array.from({ length: 50 }, (_, i) => all.slice(0, i)))
    expect(await auditOf(run, [], { source })).toMatchObject({ settled: false, readings: 5, foundCount: 4 })
  })

  it('is not unsettled by records of others that keep coming', async () => {
    const others = Array.from({ length: 50 }, (_, i) => ({ messageId: `other-${i}` }))
    const source = memoryReceipts(...others.map((_, i) => [...all, ...others.slice(0, i)]))
    expect(await auditOf(run, [], { source })).toMatchObject({ settled: true, readings: 2 })
  })

  it('waits for a doubled record that is still coming', async () => {
    const source = memoryReceipts(all, [...all, ...all.slice(0, 1)])
    expect(await auditOf(run, [], { source })).toMatchObject({ readings: 3, duplicated: { count: 1 } })
  })

  it('counts what the last reading held, not what an earlier one did', async () => {
    const source = memoryReceipts(all, all.slice(1))
    expect(await auditOf(run, [], { source })).toMatchObject({ foundCount: 99, settled: true })
  })

  it('does not wait for what was never acknowledged', async () => {
    const standings = standingsOf(run.plan, { must: setOf(100, [0, 1]) })
    expect(await auditOf({ ...run, standings }, all.slice(0, 2))).toMatchObject({ readings: 2, foundCount: 2 })
  })

  it('reads twice even where nothing needs time', async () => {
    expect(await auditOf(run, all.slice(1), { settleMs: 0 })).toMatchObject({ readings: 2, settled: true })
  })

  it('says why a source could not be read, and nothing else', async () => {
    const findings = await auditOf(run, [], { source: brokenReceipts('line 7 is not a JSON object') })
    expect(findings).toMatchObject({
      source: 'http',
      unreadable: 'line 7 is not a JSON object',
      settled: false,
      records: 0,
      foundCount: 0,
    })
    expect(foundIn(findings, 100)).toEqual([])
  })

  it('lets errors of its own through', async () => {
    const source = memoryReceipts(all)
    source.read = () => {
      throw new TypeError('bug')
    }
    await expect(auditOf(run, [], { source })).rejects.toThrow(TypeError)
  })
})
