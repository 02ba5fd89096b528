import { describe, expect, it } from 'vitest'
import { receiptSource } from '../../src/adapters/receipts/receipt-source.ts'
import { noLoss } from '../../src/analysis/checks/no-loss.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import { auditCase, auditOf, evidenceOf, foundIn, soundReceipts } from '../support/audit-case.ts'
import { serve } from '../support/receipt-stores.ts'

const PAGE = 20
const OVERLAP = 5

/** A store behind pages that overlap; the n-th time that somebody reads it from its beginning it shows `shownAt(n)` records. */
function lagging(records: readonly Receipt[], shownAt: (reading: number) => number): Promise<string> {
  let reading = 0
  return serve((question, answer) => {
    const from = Number(new URL(question.url ?? '/', 'http://x').searchParams.get('from'))
    if (from === 0) reading++
    const shown = records.slice(0, shownAt(reading))
    const next = from + PAGE < shown.length ? `/?from=${from + PAGE - OVERLAP}` : null
    answer.end(JSON.stringify({ records: shown.slice(from, from + PAGE), next }))
  })
}

describe('receipts over http that lag behind', () => {
  it('are read until all is there, and what overlapping pages show twice is one record', async () => {
    const run = auditCase()
    const source = receiptSource(await lagging(soundReceipts(run), (reading) => reading * 30))
    const findings = await auditOf(run, [], { source, settleMs: 60_000 })
    expect(findings).toMatchObject({ readings: 5, settled: true, records: 100, foundCount: 100 })
    expect([findings.duplicated.count, findings.altered.count, findings.misdated.count]).toEqual([0, 0, 0])
    expect(findings.visibleMs.p99).toBeGreaterThan(findings.visibleMs.p50 ?? 0)
  })

  it('are late and not lost while they still come in at the end of the time', async () => {
    const run = auditCase()
    const source = receiptSource(await lagging(soundReceipts(run), (reading) => 50 + reading))
    const findings = await auditOf(run, [], { source })
    expect(findings.settled).toBe(false)
    expect(noLoss.judge(evidenceOf(run, findings))).toMatchObject({ status: 'unknown' })
  })

  it('are lost where the store is quiet and the time is over', async () => {
    const run = auditCase()
    const source = receiptSource(await lagging(soundReceipts(run), (reading) => Math.min(97, 60 + 30 * reading)))
    const findings = await auditOf(run, [], { source })
    expect(foundIn(findings, 100)).toHaveLength(97)
    expect(noLoss.judge(evidenceOf(run, findings))).toMatchObject({ status: 'fail', evidence: { lost: 3 } })
  })

  it('are doubled where a store shows one twice on a page, however late', async () => {
    const run = auditCase()
    const [first, ...others] = soundReceipts(run)
    const source = receiptSource(await lagging([first!, first!, ...others], (reading) => reading * 60))
    const findings = await auditOf(run, [], { source, settleMs: 60_000 })
    expect(findings.duplicated).toEqual({ count: 1, examples: [{ index: 0, records: 2 }] })
  })
})
