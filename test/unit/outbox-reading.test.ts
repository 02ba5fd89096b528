import { describe, expect, test } from 'vitest'
import { auditLines } from '../../src/analysis/audit-lines.ts'
import { noSideEffects } from '../../src/analysis/checks/no-side-effects.ts'
import { OutboxReading } from '../../src/analysis/outbox-reading.ts'
import type { AuditFindings } from '../../src/model/audit.ts'
import type { OutboxLine, OutboxSource } from '../../src/model/outbox.ts'
import { ReceiptsUnreadable } from '../../src/model/receipt.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { auditCase, auditOf, evidenceOf, setOf, soundReceipts } from '../support/audit-case.ts'
import { jumpingClock } from '../support/jumping-clock.ts'

const run = auditCase(10)
const receipts = await auditOf(run, soundReceipts(run))
/** 0 to 5 came live, 4 to 9 in a replay. */
const ways = { live: setOf(10, [0, 1, 2, 3, 4, 5]), replayed: setOf(10, [4, 5, 6, 7, 8, 9]) }
const of = (index: number, to = 'a@example.com'): OutboxLine => ({ messageId: run.traffic.messageIdAt(index), to })
const userOf = (index: number): string => `${run.traffic.userIdPrefixes[0]}${index}`

async function judged(read: () => Iterable<readonly OutboxLine[]>): Promise<Verdict> {
  const source: OutboxSource = {
    kind: 'file',
    location: 'file:outbox',
    async *read() {
      yield* read()
    },
  }
  const outbox = await auditLines(source, () => new OutboxReading({ ...run, ways }), {
    clock: jumpingClock(0),
    deadlineMs: 1000,
  })
  const findings: AuditFindings = { ...receipts, outbox }
  return noSideEffects.judge(evidenceOf(run, findings))
}

const judgedLines = (...lines: OutboxLine[]): Promise<Verdict> => judged(() => [lines])

describe('an outbox', () => {
  test('that is silent about replays passes, with how many could have been heard of', async () => {
    const { status, claim } = await judgedLines(of(0), of(1), of(4))
    expect([status, claim]).toEqual(['pass', expect.stringContaining('0 of 6 replayed events')])
  })

  test('that names a message which came in a replay alone fails', async () => {
    const { status, evidence } = await judgedLines(of(0), of(7))
    expect([status, evidence.forReplay]).toEqual(['fail', [expect.objectContaining({ index: 7, times: 1 })]])
  })

  test('that says the same twice of a message which came both ways fails', async () => {
    const { status, evidence } = await judgedLines(of(0), of(4), of(4))
    expect([status, evidence.again]).toEqual(['fail', [expect.objectContaining({ index: 4, times: 2 })]])
  })

  test('that writes to two places for one message, or twice for one that only came live, is no replay’s doing', async () => {
    expect((await judgedLines(of(4), of(4, 'stock@example.com'), of(1), of(1))).status).toBe('pass')
  })

  test('that names people alone is held against who came live', async () => {
    expect((await judgedLines({ userId: userOf(0) }, { to: userOf(1) })).status).toBe('pass')
    expect((await judgedLines({ userId: userOf(0) }, { userId: userOf(8) })).status).toBe('fail')
  })

  test('that names nobody of this run says nothing', async () => {
    const { status, claim } = await judgedLines({ messageId: 'another', to: 'b@example.com' }, { to: 'c@example.com' })
    expect([status, claim]).toEqual(['unknown', 'the outbox names nobody of this run'])
  })

  test('that cannot be read says nothing', async () => {
    const { status, claim } = await judged(() => {
      throw new ReceiptsUnreadable('file:outbox: there is no such file')
    })
    expect([status, claim]).toEqual(['unknown', expect.stringContaining('there is no such file')])
  })

  test('that nobody gave is asked for', () => {
    const { status, fix } = noSideEffects.judge(evidenceOf(run, receipts))
    expect([status, fix]).toEqual(['unknown', expect.stringContaining('--outbox SOURCE')])
  })
})
