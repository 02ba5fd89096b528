import { describe, expect, test } from 'vitest'
import { understood } from '../../src/analysis/checks/understood.ts'
import { auditUnderstoodStates } from '../../src/analysis/understood-states.ts'
import type { Expectation } from '../../src/model/expectation.ts'
import type { Receipt } from '../../src/model/receipt.ts'
import type { StateLine } from '../../src/model/state.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { parseScenario } from '../../src/scenario/parse.ts'
import { auditCase, auditOf, eventAt, evidenceOf, soundReceipts } from '../support/audit-case.ts'
import { jumpingClock } from '../support/jumping-clock.ts'

const inReceipts: Expectation = {
  type: 'track',
  event: 'Order Completed',
  pointer: '/properties/total',
  place: 'receipts',
  field: 'orderTotal',
}
const inState: Expectation = { ...inReceipts, place: 'state', field: 'lastTotal' }

const caseOf = (...expectations: Expectation[]) => {
  const run = auditCase(10)
  return { ...run, header: { ...run.header, asks: { ...run.header.asks, expectations } } }
}

async function judged(totalOf: (total: number) => unknown, expectation = inReceipts): Promise<Verdict> {
  const run = caseOf(expectation)
  const receipts = soundReceipts(run).map((receipt, index): Receipt => {
    return { ...receipt, extra: { orderTotal: totalOf(eventAt(run.traffic, index).properties.total) } }
  })
  return understood.judge(evidenceOf(run, await auditOf(run, receipts)))
}

async function judgedState(line: (total: number, userId: string) => StateLine): Promise<Verdict> {
  const run = caseOf(inState)
  const lines = soundReceipts(run).map((_, index) => {
    const { properties, userId } = eventAt(run.traffic, index)
    return line(properties.total, userId)
  })
  const source = {
    kind: 'file' as const,
    location: 'file:state',
    async *read() {
      yield lines
    },
  }
  const findings = await auditOf(run, soundReceipts(run))
  const patience = { clock: jumpingClock(0), deadlineMs: 1000 }
  const one = await auditUnderstoodStates(
    source,
    inState,
    { ...run, found: findings.found, erased: undefined },
    patience,
  )
  return understood.judge(evidenceOf(run, { ...findings, understood: [one] }))
}

describe('understood', () => {
  test('passes where each record says what its event said, as a number or as a column of text', async () => {
    for (const totalOf of [(total: number) => total, (total: number) => `${total}0`]) {
      const { status, claim } = await judged(totalOf)
      expect([status, claim]).toEqual([
        'pass',
        expect.stringMatching(/^0 of 10 Order Completed events misread .*at 95 %/),
      ])
    }
  })

  test('fails where it says something else, and where some records say nothing', async () => {
    const { status, claim } = await judged((total) => Math.round(total))
    expect([status, claim]).toEqual(['fail', expect.stringContaining('first 1 for 1.1')])
    expect((await judged((total) => (total > 5 ? total : undefined))).status).toBe('fail')
  })

  test('is unknown where no record has the field, where no event has the value, and where nothing is expected', async () => {
    expect((await judged(() => undefined)).claim).toContain('has a field `orderTotal`')
    expect((await judged((total) => total, { ...inReceipts, event: 'Signed Up' })).claim).toContain('was looked at')
    const run = auditCase(10)
    const { status, claim } = understood.judge(evidenceOf(run, await auditOf(run, soundReceipts(run))))
    expect([status, claim]).toEqual(['unknown', 'the scenario expects nothing of its events'])
  })

  test('reads a user’s line in the state, or their traits', async () => {
    const passing = [
      await judgedState((lastTotal, userId) => ({ userId, traits: {}, extra: { lastTotal } })),
      await judgedState((lastTotal, userId) => ({ userId, traits: { lastTotal } })),
    ]
    expect(passing.map(({ status }) => status)).toEqual(['pass', 'pass'])
    expect((await judgedState((total, userId) => ({ userId, traits: { lastTotal: total - 1 } }))).status).toBe('fail')
    expect((await judgedState((_, userId) => ({ userId, traits: {} }))).status).toBe('unknown')
  })
})

describe('expect in a scenario', () => {
  const parsed = (...expectations: unknown[]) =>
    parseScenario({ name: 'a', phases: [{ name: 'live', rate: '1/s', duration: '1s' }], expect: expectations })

  test.each([
    [{ pointer: '/properties/total' }, 'give receipts or state'],
    [{ pointer: '/a', receipts: 'a', state: 'a' }, 'give receipts or state'],
    [{ pointer: 'total', receipts: 'a' }, 'a JSON Pointer'],
    [{ type: 'identify', event: 'Order Completed', pointer: '/a', state: 'a' }, 'have no event name'],
  ])('%j is refused in one line', (expectation, complaint) => {
    expect(() => parsed(expectation)).toThrow(complaint)
  })
})
