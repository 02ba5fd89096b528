import { describe, expect, test } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import type { Rehearsal } from '../../src/experiments/rehearse.ts'
import { auditRecord, factsOf, judge } from '../../src/judge.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { jumpingClock } from '../support/jumping-clock.ts'
import { memoryReceipts } from '../support/memory-receipts.ts'
import { readied, rehearsal } from '../support/rehearsals.ts'

const prepared = readied({ settle: '1s', phases: [{ name: 'live', rate: '100/s', duration: '2s' }] })

/** What a sound store shows of a run. */
function storeOf({ record }: Rehearsal): Receipt[] {
  const { traffic } = record.remade!
  return Array.from({ length: record.plan.phases[0]!.messages.count }, (_, index) => {
    const { messageId, bytes } = traffic.messageAt(index, 'live')
    return { messageId, body: bytes }
  })
}

async function lossBy({ record }: Rehearsal, records: readonly Receipt[]): Promise<Verdict> {
  const world = { clock: jumpingClock(record.header.startedAtMs), digest: systemDigest }
  const facts = factsOf(record)
  const findings = await auditRecord(record, memoryReceipts(records), world, undefined, {}, facts)
  return judge(record, { ...facts, findings }).report.verdicts.find(({ id }) => id === 'no-loss')!
}

describe('receipts of another run', () => {
  test('blame nobody: what the endpoint lost is unknown', async () => {
    const [run, other] = [await rehearsal(prepared, 1), await rehearsal(prepared, 2)]
    expect(await lossBy(run, storeOf(other))).toMatchObject({ status: 'unknown', evidence: { runs: 'seed-2' } })
    expect(await lossBy(run, [])).toMatchObject({ status: 'fail', evidence: { lost: 200 } })
    expect(await lossBy(run, [...storeOf(other), ...storeOf(run).slice(0, 1)])).toMatchObject({
      status: 'fail',
      evidence: { lost: 199 },
    })
    expect((await lossBy(run, [...storeOf(other), ...storeOf(run)])).status).toBe('pass')
  })
})

describe('a receiver that answers before it stores, killed in the middle', () => {
  test('is blamed with the moment at which it was killed', async () => {
    const { report } = await rehearsal(prepared, 1, { faults: ['acks-before-persist'], crashAtMs: 1000 })
    const { status, claim, evidence } = report.verdicts.find(({ id }) => id === 'no-loss')!
    expect(status).toBe('fail')
    expect(claim).toContain('acknowledged before the restart at 1.00 s')
    expect(evidence).toMatchObject({ restartedAtMs: 1000, lostBeforeRestart: evidence.lost })
  })
})
