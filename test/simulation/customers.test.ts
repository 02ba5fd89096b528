import { describe, expect, it } from 'vitest'
import { systemClock, systemDigest } from '../../src/adapters/system-world.ts'
import { auditRecord, type RunRecord } from '../../src/judge.ts'
import type { AuditFindings } from '../../src/model/audit.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import { DEFAULT_VERDICTS } from '../../src/scenario/verdicts.ts'
import { memoryReceipts } from '../support/memory-receipts.ts'
import { readied, rehearsal, SOME_SEEDS, verdictsThat } from '../support/rehearsals.ts'
import { zooTraffic } from '../support/zoo-traffic.ts'

const collidingCustomers = zooTraffic('customers')

describe('two customers whose messages have the same ids', () => {
  it('are kept apart by a sound partner, in each of many runs', async () => {
    for (const seed of SOME_SEEDS) {
      const judged = await rehearsal(collidingCustomers, seed)
      expect(verdictsThat('pass', judged), `seed ${seed}`).toEqual(DEFAULT_VERDICTS)
      expect(judged.report.counts.messages).toBe(2 * 50 + 20)
    }
  })

  it('show a partner that takes them for one message, in each of many runs', async () => {
    for (const seed of SOME_SEEDS) {
      const judged = await rehearsal(collidingCustomers, seed, { faults: ['dedupes-across-customers'] })
      expect(verdictsThat('fail', judged), `seed ${seed}`).toEqual(['no-loss'])
    }
  })

  it('leave the same partner unblamed where their ids differ', async () => {
    const apart = readied({
      settle: '1s',
      customers,
      phases: [{ name: 'live', rate: '200/s', duration: '1s', duplicates: '5%' }],
    })
    const judged = await rehearsal(apart, 7, { faults: ['dedupes-across-customers'] })
    expect(verdictsThat('pass', judged)).toEqual(DEFAULT_VERDICTS)
  })
})

describe('receipts of several customers', () => {
  it('cannot be judged where ids collide and records do not say whose they are', async () => {
    expect(await audited(({ messageId }) => ({ messageId }))).toMatchObject({
      unreadable: expect.stringContaining('give each record "account": one of acme, globex'),
    })
  })

  it('are judged by the name of their account', async () => {
    const { unreadable, foundCount, strangers } = await audited((record) => record)
    expect({ unreadable, foundCount, strangers: strangers.count }).toEqual({
      unreadable: '',
      foundCount: 120,
      strangers: 0,
    })
  })

  it('show what is kept for another customer as no message of this run', async () => {
    const apart = readied({ settle: '0s', customers, phases: [{ name: 'live', rate: '200/s', events: 20 }] })
    const { record } = await rehearsal(apart, 3)
    const { traffic } = record.remade!
    const receipts = [{ messageId: traffic.messageIdAt(0), account: 'globex' }]
    const { strangers, foundCount } = await audit(record, receipts)
    expect(foundCount).toBe(0)
    expect(strangers.examples[0]?.why).toContain('kept for another customer: globex')
  })
})

const customers = [{ name: 'acme' }, { name: 'globex' }]

/** Every message of a run once, as a store tells it. */
async function audited(told: (receipt: Receipt) => Receipt): Promise<AuditFindings> {
  const { record } = await rehearsal(collidingCustomers, 5)
  const { traffic, schedule } = record.remade!
  const receipts = new Map<number, Receipt>()
  for (let lane = 0; lane < schedule.lanes; lane++) {
    for (const cursor = schedule.lane(lane); cursor.peekDueMs() < Number.POSITIVE_INFINITY; ) {
      const { index } = cursor.next()
      const account = customers[index < 2 ** 36 ? 0 : 1]!.name
      receipts.set(index, told({ messageId: traffic.messageIdAt(index), account }))
    }
  }
  return audit(record, [...receipts.values()])
}

function audit(record: RunRecord, receipts: readonly Receipt[]): Promise<AuditFindings> {
  return auditRecord(record, memoryReceipts(receipts), { clock: systemClock, digest: systemDigest }, 0)
}
