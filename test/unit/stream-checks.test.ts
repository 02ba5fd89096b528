import { describe, expect, it } from 'vitest'
import { auditLines } from '../../src/analysis/audit-lines.ts'
import { auditSummary } from '../../src/analysis/audit-summary.ts'
import { eventTime } from '../../src/analysis/checks/event-time.ts'
import { noLoss } from '../../src/analysis/checks/no-loss.ts'
import { streamDiscards } from '../../src/analysis/checks/stream-discards.ts'
import { streamRate } from '../../src/analysis/checks/stream-rate.ts'
import { streamSpec } from '../../src/analysis/checks/stream-spec.ts'
import { DiscardReading } from '../../src/analysis/discard-reading.ts'
import { StreamPaceTally } from '../../src/analysis/stream-pace.ts'
import { streamSpecFacts } from '../../src/lint/stream-facts.ts'
import type { DiscardLine } from '../../src/model/discards.ts'
import type { Evidence } from '../../src/model/evidence.ts'
import { type Receipt, ReceiptsUnreadable } from '../../src/model/receipt.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { auditCase, auditOf, eventAt, evidenceOf, soundReceipt, soundReceipts } from '../support/audit-case.ts'
import { jumpingClock } from '../support/jumping-clock.ts'

const made = auditCase(10)
const run = { ...made, plan: { ...made.plan, profile: 'stream' as const } }

describe('stream-rate', () => {
  function judged(leftMs: readonly number[], changes: Partial<Evidence> = {}): Verdict {
    const tally = new StreamPaceTally()
    leftMs.forEach((dispatchMs, i) => {
      const times = { dispatchMs, outcomeMs: dispatchMs, fromDueMs: 0, fromSendMs: 0, censored: false, timed: true }
      tally.attempt({ attempt: i % 2 === 0 ? 1 : 2 }, times, 0)
    })
    return streamRate.judge(evidenceOf(run, null, { streamPace: tally.facts(), ...changes }))
  }
  const every = (count: number, gapMs: number): number[] => Array.from({ length: count }, (_, i) => i * gapMs)

  it('passes fifty requests in each second, in whatever order they are on record', () => {
    expect(judged(every(500, 20).reverse())).toMatchObject({
      status: 'pass',
      evidence: { busiestCount: 50, requests: 500, retries: 250, limitPerSecond: 50 },
    })
  })

  it('passes fifty at once and fifty more a second later, and fails them a little sooner', () => {
    const bursts = (apartMs: number): number[] => [...every(50, 0), ...every(50, 0).map(() => apartMs)]
    expect(judged(bursts(1000)).status).toBe('pass')
    expect(judged(bursts(990))).toMatchObject({ status: 'fail', evidence: { busiestCount: 100, busiestFromS: 0 } })
  })

  it('fails eighty a second, and passes them where more was declared', () => {
    expect(judged(every(800, 12.5))).toMatchObject({ status: 'fail', evidence: { busiestCount: 80 } })
    const asks = { ...run.header.asks, declaredPerSecond: 100 }
    expect(judged(every(800, 12.5), { header: { ...run.header, asks } }).status).toBe('pass')
  })

  it('is unknown where nothing was sent, and of a run that is no Stream’s', () => {
    expect(judged([]).status).toBe('unknown')
    expect(streamRate.judge(evidenceOf(made, null)).status).toBe('unknown')
  })
})

describe('stream-spec', () => {
  const good = {
    type: 'track',
    event: 'Order Completed',
    userId: 'u1',
    messageId: 'm1',
    timestamp: '2026-01-01T00:00:00.000Z',
    context: { integration: { name: 'a-tool', version: '1.0.0' } },
    properties: { order_id: 'o1', total: 10, currency: 'USD', products: [] },
  }
  const request = {
    method: 'POST',
    url: '/v1/batch',
    headers: { 'Content-Type': 'application/json', Authorization: 'Basic azo=' },
  }
  function judged(events: readonly object[], requests: readonly object[], sent = events.length): Verdict {
    const texts = events.map((event, i) => [i, JSON.stringify(event)] as const)
    const facts = streamSpecFacts({ sent, events: texts, requests: requests.map((one) => JSON.stringify(one)) })
    return streamSpec.judge(evidenceOf(run, null, { streamSpec: facts }))
  }

  it('passes events and requests that keep the rules, and says how many it looked at', () => {
    const body = JSON.stringify({ batch: [good] })
    expect(judged([good, good], [{ ...request, body }])).toMatchObject({
      status: 'pass',
      claim: expect.stringContaining('in 2 events and 1 whole request'),
      evidence: { errors: 0, looked: 2 },
    })
  })

  it('says its bound where it looked at some of the events alone', () => {
    expect(judged([good, good], [], 1000).claim).toContain(
      '2 of 1 000 events, evenly spaced, and 0 whole requests: < 0.78 at 95 %',
    )
  })

  it('fails an event without userId, and names it', () => {
    const { status, claim, evidence } = judged([good, { ...good, userId: undefined, anonymousId: 'a' }], [])
    expect([status, claim]).toEqual(['fail', expect.stringContaining('stream-user-id (1)')])
    expect(evidence.rules).toContainEqual(
      expect.objectContaining({ rule: 'stream-user-id', events: [expect.objectContaining({ index: 1 })] }),
    )
  })

  it('fails a request without a write key, and counts its events once', () => {
    const { headers: _, ...bare } = request
    const { status, evidence } = judged(
      [good],
      [{ ...bare, headers: { 'Content-Type': 'application/json' }, body: { batch: [{ ...good, userId: 7 }] } }],
    )
    expect([status, evidence.errors]).toEqual(['fail', 1])
  })
})

describe('stream-discards', () => {
  const idOf = (index: number): string => run.traffic.messageIdAt(index)
  async function evidence(absent: readonly number[], lines: readonly DiscardLine[] | string | null): Promise<Evidence> {
    const findings = await auditOf(
      run,
      soundReceipts(run).filter((_, index) => !absent.includes(index)),
    )
    if (lines === null) return evidenceOf(run, findings)
    const source = {
      kind: 'file' as const,
      location: 'file:discards',
      async *read() {
        if (typeof lines === 'string') throw new ReceiptsUnreadable(lines)
        yield lines
      },
    }
    const discards = await auditLines(source, () => new DiscardReading(run), {
      clock: jumpingClock(0),
      deadlineMs: 1000,
    })
    return evidenceOf(run, { ...findings, discards })
  }
  const judged = async (...args: Parameters<typeof evidence>): Promise<Verdict> =>
    streamDiscards.judge(await evidence(...args))

  it('fails what was accepted and discarded, by its code, and tells copies that were absorbed apart', async () => {
    const lines = [
      { messageId: idOf(3), code: 'no_user_anon_id', count: 1 },
      { messageId: idOf(4), code: 'event-too-large', count: 1 },
      { messageId: idOf(5), code: 'event-too-large', count: 1 },
      { messageId: idOf(0), code: 'duplicate', count: 2 },
      { messageId: 'of-another-run', code: 'unknown_source', count: 9 },
    ]
    const { status, claim, evidence: facts } = await judged([3, 4, 5], lines)
    expect([status, claim]).toEqual([
      'fail',
      '3 of 10 accepted events were discarded: event-too-large (2), no_user_anon_id (1)',
    ])
    expect(facts).toMatchObject({
      discarded: 3,
      absorbed: 2,
      byCode: { 'event-too-large': 2, no_user_anon_id: 1, duplicate: 2 },
    })
  })

  it('passes copies that were absorbed, and discards of others', async () => {
    const lines = [
      { messageId: idOf(0), code: 'duplicate', count: 1 },
      { messageId: 'of-another-run', code: 'unknown_source', count: 1 },
    ]
    expect(await judged([], lines)).toMatchObject({
      status: 'pass',
      claim: expect.stringContaining('1 copy of them absorbed'),
    })
  })

  it('fails an event that was taken for a copy of one which is not there', async () => {
    expect(await judged([7], [{ messageId: idOf(7), code: 'duplicate', count: 1 }])).toMatchObject({
      status: 'fail',
      claim: '1 of 10 accepted events was discarded: duplicate (1)',
    })
  })

  it('is unknown where nobody says, where the source cannot be read, and where what is absent is not named', async () => {
    expect((await judged([], null)).status).toBe('unknown')
    expect((await judged([], 'it is gone')).claim).toContain('it is gone')
    expect((await judged([2], [])).claim).toBe('1 accepted event is absent, and no discard names it')
    expect((await judged([2], [{ code: 'locked_workspace', count: 4 }])).claim).toContain('locked_workspace (4)')
  })

  it('passes what is all there, whatever a workspace counts of others', async () => {
    expect((await judged([], [{ code: 'locked_workspace', count: 4 }])).status).toBe('pass')
  })

  it('closes the sum: expected = found + discarded + lost, and no-loss says which', async () => {
    const both = await evidence([3, 4, 5], [{ messageId: idOf(3), code: 'id_not_string', count: 1 }])
    expect(auditSummary(both)).toMatchObject({ expected: 10, found: 7, discarded: 1, lost: 2 })
    expect(noLoss.judge(both)).toMatchObject({
      status: 'fail',
      claim: expect.stringContaining('3 of 10 acknowledged events are not in the store; 1 of them was discarded'),
    })
    const { discarded, lost } = auditSummary(await evidence([3], null))
    expect([discarded, lost]).toEqual([undefined, 1])
  })
})

describe('event-time of a batch', () => {
  const WAY_MAX_MS = 200
  /** As a receiver stores it that corrects by `receivedAt − sentAt`. */
  function stored(index: number, wayMs: number, { skewMs = 0, offMs = 0, bare = false } = {}): Receipt {
    const atMs = run.traffic.timestampMsAt(index)
    const sentMs = atMs + 5000
    const text = (ms: number): string => new Date(ms).toISOString()
    const times = {
      receivedAt: text(sentMs + wayMs + skewMs),
      sentAt: text(sentMs),
      originalTimestamp: text(atMs),
      timestamp: text(atMs + wayMs + skewMs + offMs),
    }
    const body = { ...eventAt(run.traffic, index), ...(bare ? { timestamp: times.timestamp } : times) }
    return soundReceipt(run, index, { timestamp: times.timestamp, body: JSON.stringify(body) })
  }
  async function judged(of: (index: number) => Receipt, wayMaxMs: number | null = WAY_MAX_MS): Promise<Verdict> {
    const receipts = Array.from({ length: 10 }, (_, index) => of(index))
    return eventTime.judge(evidenceOf(run, await auditOf(run, receipts, { wayMaxMs: wayMaxMs ?? undefined })))
  }

  it('passes a receiver that adds the way of each batch, and says what that allowed', async () => {
    expect(await judged((index) => stored(index, index * 20))).toMatchObject({
      status: 'pass',
      claim: expect.stringContaining('200 ms at most'),
    })
    expect((await judged((index) => stored(index, index * 20, { bare: true }))).status).toBe('pass')
  })

  it.each([
    ['does not correct, as its own receivedAt and sentAt show', (index: number) => stored(index, 50, { offMs: -50 })],
    ['misdates by more than the longest way', (index: number) => stored(index, 50, { offMs: 400, bare: true })],
    ['dates some before they happened', (index: number) => stored(index, 50, { offMs: index === 3 ? -3000 : 0 })],
    ['takes the moment of sending', (index: number) => stored(index, 50, { offMs: 4950, bare: true })],
  ])('fails a receiver that %s', async (_, of) => {
    expect((await judged(of)).status).toBe('fail')
  })

  it('is unknown where each record is right in itself and the two clocks differ', async () => {
    const verdict = await judged((index) => stored(index, index * 20, { skewMs: 90_000 }))
    expect(verdict).toMatchObject({ status: 'unknown', claim: expect.stringContaining('not in step') })
  })

  it('takes times to the letter where no batch says when it left', async () => {
    expect((await judged((index) => stored(index, 0), null)).status).toBe('pass')
    expect((await judged((index) => stored(index, 50), null)).status).toBe('fail')
  })
})
