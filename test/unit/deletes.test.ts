import { describe, expect, test } from 'vitest'
import { deletes } from '../../src/analysis/checks/deletes.ts'
import { noLoss } from '../../src/analysis/checks/no-loss.ts'
import { unaltered } from '../../src/analysis/checks/unaltered.ts'
import type { AuditFindings } from '../../src/model/audit.ts'
import type { Deletion, ErasedStates } from '../../src/model/deletion.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { auditCase, auditOf, eventAt, evidenceOf, setOf, soundReceipts, standingsOf } from '../support/audit-case.ts'

const run = auditCase(20)
/** Messages 3 and 4 are of somebody whom message 5 deletes. */
const [first, last, deletion] = [3, 4, 5]
const others = Array.from({ length: 20 }, (_, index) => index).filter((index) => index < first || index > deletion)
const erased = {
  all: setOf(20, [first, last, deletion]),
  gone: setOf(20, [first, last]),
  deletes: setOf(20, [deletion]),
}
const standings = standingsOf(run.plan, { must: setOf(20, others), erased })
const deleted: Deletion = {
  index: deletion,
  earlier: [first, last],
  ackedAtMs: 100,
  cameAgainAtMs: 400,
  refusedWith: 0,
}
const stays = soundReceipts(run).filter((_, index) => !erased.all.has(index))

function audited(...records: Receipt[]): Promise<AuditFindings> {
  return auditOf({ ...run, standings }, [...stays, ...records])
}

function judged(findings: AuditFindings | null, deletions: readonly Deletion[] = [deleted]): Verdict {
  return deletes.judge(evidenceOf({ ...run, standings }, findings, { deletions }))
}

const withState = (findings: AuditFindings, state: Partial<ErasedStates>): AuditFindings => ({
  ...findings,
  erased: { ...findings.erased!, state: { location: 'state', unreadable: '', known: [], ...state } },
})
const nobody = await audited()
const still = await audited(soundReceipts(run)[last]!)

describe('deletes', () => {
  test('passes where nothing of the person is left, with a bound, and says what was not looked at', () => {
    const { status, claim } = judged(nobody)
    expect(status).toBe('pass')
    expect(claim).toMatch(/^0 of 1 deleted person are in the receipts \(no final state was given\).*at 95 %/)
    expect(judged(withState(nobody, {})).claim).toContain('receipts and final state')
  })

  test('fails where a record still names the person, and names it', () => {
    const { status, evidence } = judged(still)
    expect([status, evidence.lingering]).toEqual(['fail', 1])
    expect(evidence.people).toEqual([expect.objectContaining({ records: [expect.objectContaining({ index: last })] })])
  })

  test('fails where the state alone still knows the person', () => {
    expect(judged(withState(nobody, { known: [eventAt(run.traffic, deletion).userId] })).status).toBe('fail')
  })

  test('leaves alone records that name nobody any more, and the delete itself; no other verdict blames them', async () => {
    const { userId, ...event } = eventAt(run.traffic, last)
    const anonymous = { messageId: run.traffic.messageIdAt(last), body: JSON.stringify({ ...event, properties: {} }) }
    const findings = await audited(anonymous, soundReceipts(run)[deletion]!)
    const evidence = evidenceOf({ ...run, standings }, findings, { deletions: [deleted] })
    expect(userId).toBeTypeOf('string')
    expect([deletes, noLoss, unaltered].map((check) => check.judge(evidence).status)).toEqual(['pass', 'pass', 'pass'])
  })

  test('fails where deletes are refused for good, and says what 501 means', () => {
    const { status, claim } = judged(nobody, [{ ...deleted, ackedAtMs: Number.NaN, refusedWith: 501 }])
    expect([status, claim]).toEqual(['fail', expect.stringContaining('does not support deletes')])
  })

  test.each<[string, string, () => Verdict | Promise<Verdict>]>([
    ['without receipts', 'no receipts were given', () => judged(null)],
    ['without a delete', 'no delete call was sent', () => judged(nobody, [])],
    [
      'without an answer',
      'no delete call was acknowledged',
      () => judged(nobody, [{ ...deleted, ackedAtMs: Number.NaN }]),
    ],
    ['without a return', 'came again', () => judged(nobody, [{ ...deleted, cameAgainAtMs: Number.NaN }])],
    [
      'when the state cannot be read',
      'nobody answers',
      () => judged(withState(nobody, { unreadable: 'nobody answers' })),
    ],
    ['while the store still changes', 'still changing', () => judged({ ...still, settled: false })],
    [
      'when records do not say whose they are',
      'nobody can tell whether they name them',
      async () => {
        const bare = soundReceipts(run).map(({ messageId }) => ({ messageId }))
        return judged(await auditOf({ ...run, standings }, bare))
      },
    ],
  ])('is unknown %s', async (_, reason, verdict) => {
    const { status, claim, fix } = await verdict()
    expect([status, claim]).toEqual(['unknown', expect.stringContaining(reason)])
    expect(fix).not.toBe('')
  })
})
