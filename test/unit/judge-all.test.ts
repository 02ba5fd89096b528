import { describe, expect, it } from 'vitest'
import { judgeAll } from '../../src/analysis/checks/judge-all.ts'
import { noLoss } from '../../src/analysis/checks/no-loss.ts'
import type { Evidence } from '../../src/model/evidence.ts'
import type { Asks } from '../../src/model/run-header.ts'
import { DEFAULT_VERDICTS } from '../../src/scenario/verdicts.ts'
import { auditCase, auditOf, evidenceOf, soundReceipts } from '../support/audit-case.ts'
import { memoryReceipts } from '../support/memory-receipts.ts'

const run = auditCase(10)
const sound = await auditOf(run, soundReceipts(run))

function asking(asks: Partial<Asks>): Partial<Evidence> {
  return { header: { ...run.header, asks: { ...run.header.asks, ...asks } } }
}

describe('judging all', () => {
  it('answers in the order asked and lists what was not tested, with the reason', () => {
    const asks = { verdicts: ['unaltered', 'no-loss', 'event-time'], skipped: { 'event-time': 'kept elsewhere' } }
    const { verdicts, notTested } = judgeAll(evidenceOf(run, sound, asking(asks)))
    expect(verdicts.map(({ id }) => id)).toEqual(['unaltered', 'no-loss'])
    expect(notTested.filter(({ id }) => DEFAULT_VERDICTS.includes(id))).toEqual([
      { id: 'event-time', reason: 'kept elsewhere' },
      { id: 'no-phantom', reason: 'not asked for' },
      { id: 'idempotent', reason: 'not asked for' },
      { id: 'accepts-valid', reason: 'not asked for' },
    ])
  })

  it('calls a check that crashes unknown, with what it said', () => {
    const wrongSize = { ...sound, found: '' }
    const { verdicts } = judgeAll(evidenceOf(run, wrongSize, asking({ verdicts: ['no-loss', 'unaltered'] })))
    expect(verdicts.map(({ status }) => status)).toEqual(['unknown', 'pass'])
    expect(verdicts[0]!.claim).toBe('the check itself failed: the audit was made of another number of messages')
  })

  it('does not take a verdict that no check answers', () => {
    expect(() => judgeAll(evidenceOf(run, sound, asking({ verdicts: ['no-los'] })))).toThrow(
      'no check answers "no-los"',
    )
  })

  it('reads moving stores as the audit reports them', async () => {
    const all = soundReceipts(run)
    const source = memoryReceipts(...Array.from({ length: 9 }, (_, i) => all.slice(0, i)))
    const findings = await auditOf(run, [], { source })
    expect(noLoss.judge(evidenceOf(run, findings)).status).toBe('unknown')
  })
})
