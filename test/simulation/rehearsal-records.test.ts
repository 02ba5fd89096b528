import { expect, test } from 'vitest'
import { judge } from '../../src/judge.ts'
import { receiptOf } from '../../src/partner/receipt-of.ts'
import { recordReceipt } from '../../src/simulation/record-receipt.ts'
import { mixedTraffic, rehearsal } from '../support/rehearsals.ts'

test('a rehearsal is judged as its record is when it is judged again', async () => {
  const { record, report } = await rehearsal(mixedTraffic, 1, { faults: ['loses(5%)', 'truncates(8) 5%'] })
  expect(judge(record).report).toEqual(report)
})

test('a simulated partner tells of a record what a real one tells', () => {
  const body = new TextEncoder().encode('{"messageId":"a","type":"track"}')
  const named = { account: '', dedupeKey: 'a', messageId: 'a', type: 'track', userId: 'u', event: null, seq: 1 }
  const record = { ...named, eventTimeMs: 12.5, receivedAtMs: 1_767_225_600_000, body }
  const { messageId, type, userId, timestamp, receivedAt, event, account } = recordReceipt(
    record,
    new Map(),
    () => ({}),
  )
  const told = { messageId, type, userId, timestamp, receivedAt, event, account, body: new TextDecoder().decode(body) }
  expect(told).toEqual(receiptOf(record))
})
