import { describe, expect, it } from 'vitest'
import { idempotent } from '../../src/analysis/checks/idempotent.ts'
import { noLoss } from '../../src/analysis/checks/no-loss.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { type AuditCase, auditCase, auditOf, evidenceOf, soundReceipts } from '../support/audit-case.ts'

const run = auditCase()

/** As the partner, a table of columns, or a sink of bodies shows them. */
const OTHERS: readonly Receipt[] = [
  { messageId: 'a', userId: 'sq_otherrun_1a2B3c4D5' },
  { messageId: 'b', '/userId': 'sq_another-1_1a2B3c4D5' },
  { messageId: 'c', body: '{"type":"track","userId":"sq_otherrun_1a2B3c4D5"}' },
  { messageId: 'd', body: new TextEncoder().encode('{"userId":"sq_otherrun_1a2B3c4D5"}') },
  { messageId: 'e', body: { userId: 'sq_otherrun_1a2B3c4D5' } },
  { messageId: 'f', '/context/squall/run': 'otherrun' },
]

async function lossIn(records: readonly Receipt[], of: AuditCase = run): Promise<Verdict> {
  return noLoss.judge(evidenceOf(of, await auditOf(of, records)))
}

describe('a store that shows nothing of the run', () => {
  it.each(OTHERS)('may be another run’s: nobody knows what was lost ($messageId)', async (record) => {
    const verdict = await lossIn([record, { messageId: 'u-1' }])
    expect(verdict).toMatchObject({ status: 'unknown', evidence: { records: 1 } })
    expect(verdict.claim).toMatch(/no record of this run, and 1 record of other runs \((otherrun|another-1)\)/)
    expect(verdict.fix).toMatch(/receipts read the store/)
  })

  it('names a few of the runs that it has', async () => {
    const { evidence } = await lossIn(OTHERS)
    expect(evidence).toEqual({ records: 6, runs: 'otherrun, another-1' })
  })

  it('is told from one that lost all: an empty one, and one with records of no run', async () => {
    const all = { status: 'fail', evidence: { lost: 100, expected: 100 } }
    expect(await lossIn([])).toMatchObject(all)
    expect(await lossIn([{ messageId: 'u-1', userId: 'anna', body: '{"userId":"anna"}' }])).toMatchObject(all)
  })

  it('is the right one where a run that went to the same receiver is in it', async () => {
    const later = auditCase(100, { before: ['otherrun'] })
    expect(await lossIn(OTHERS, later)).toMatchObject({ status: 'fail', evidence: { lost: 100 } })
    expect((await lossIn(OTHERS.slice(1, 2), later)).status).toBe('unknown')
  })

  it('is the right one where a single message of the run is in it, whatever comes first', async () => {
    const [one] = soundReceipts(run)
    for (const records of [
      [one!, ...OTHERS],
      [...OTHERS, one!],
    ]) {
      expect(await lossIn(records)).toMatchObject({ status: 'fail', evidence: { lost: 99 } })
    }
  })

  it('decides no other verdict by receipts either', async () => {
    const findings = await auditOf(run, OTHERS)
    expect(idempotent.judge(evidenceOf(run, findings)).claim).toMatch(/^no record of this run, and 6 records/)
  })
})

describe('a loss in a run whose receiver was killed', () => {
  it('tells how much of it had been acknowledged by then', async () => {
    const kept = await auditOf(run, soundReceipts(run).slice(3))
    const ackedAtMs = run.standings.ackedAtMs.map((_, ordinal) => 1000 * (ordinal + 1))
    const standings = { ...run.standings, ackedAtMs }
    const verdict = noLoss.judge(evidenceOf(run, kept, { standings, restartedAtMs: 2100 }))
    expect(verdict).toMatchObject({
      status: 'fail',
      claim:
        '3 of 100 acknowledged events are not in the store; 2 of them were acknowledged before the restart at 2.10 s',
      evidence: { restartedAtMs: 2100, lostBeforeRestart: 2, lastAckBeforeRestartMs: 100 },
    })
  })
})
