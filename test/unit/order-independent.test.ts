import { describe, expect, it } from 'vitest'
import { orderIndependent } from '../../src/analysis/checks/order-independent.ts'
import type { AuditFindings } from '../../src/model/audit.ts'
import type { StateFindings } from '../../src/model/state.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { evidenceOf, standingsOf } from '../support/audit-case.ts'
import { brokenReceipts } from '../support/memory-receipts.ts'
import { findingsOf, soundStates, stateAfter, stateCase, userIdOf } from '../support/state-case.ts'

const run = stateCase()
const sound = await findingsOf(run, soundStates(run))
const overtaken = soundStates(run).map((line) => (line.userId === userIdOf(1, 2) ? stateAfter(1, 2, [17, 12]) : line))
const broken = await findingsOf(run, overtaken)

function judge(findings: AuditFindings | null): Verdict {
  return orderIndependent.judge(evidenceOf(run, findings))
}

function withStates(changes: Partial<StateFindings>): AuditFindings {
  return { ...sound, states: { ...sound.states!, ...changes } }
}

describe('order-independent', () => {
  it('passes with the bound that reordered users give', () => {
    expect(judge(sound)).toMatchObject({
      status: 'pass',
      claim:
        '0 of 5 users whose events came in another order differ in 3 orders: < 0.46 at 95 % if differences are independent',
    })
  })

  it('fails by the user, the trait and the two messages', () => {
    const verdict = judge(broken)
    expect(verdict).toMatchObject({
      status: 'fail',
      claim: `1 of 5 users ends in another state when the same events come in another order: first, \`plan\` of ${userIdOf(0, 2)} is plus in one order and free in another (2 events show it)`,
      evidence: {
        rule: 'orders',
        compared: 5,
        differences: [
          {
            trait: 'plan',
            events: [
              {
                messages: [{ index: 12, messageId: 'testrun1:12', type: 'identify' }, { index: 2 ** 36 + 12 }],
                value: 'free',
              },
              { messages: [{ index: 17 }, { index: 2 ** 36 + 17 }], value: 'plus' },
            ],
          },
        ],
      },
    })
    expect(JSON.parse(JSON.stringify(verdict.evidence))).toEqual(verdict.evidence)
    expect(verdict.fix).toContain('timestamp')
  })

  it('says so when a user has no state at all', async () => {
    const missing = soundStates(run).filter(({ userId }) => userId !== userIdOf(2, 0))
    expect(judge(await findingsOf(run, missing)).claim).toMatch(/: first, sq_testrun1_2x0 has no state at all$/)
  })

  it.each([
    ['no receipts', null, 'no receipts were given', '--receipts'],
    ['no state', { ...sound, states: undefined } as unknown as AuditFindings, 'no final state was given', '--state'],
    [
      'a state that cannot be read',
      withStates({ unreadable: 'nobody answers' }),
      'the final state could not be read: nobody answers',
      'Mend',
    ],
    ['a state of others', withStates({ lines: 0 }), 'the final state names no user of this run', 'the store'],
    ['no user left', withStates({ compared: 0 }), 'no user could be compared', 'other verdicts'],
    [
      'a state without traits',
      withStates({ values: 0 }),
      'the final state holds none of the traits that events set',
      'traits',
    ],
    [
      'orders that do not matter',
      withStates({ reordered: 0 }),
      /no user's events came in an order that would show it/,
      'shuffle',
    ],
    [
      'a state that keeps changing',
      { ...broken, states: { ...broken.states!, settled: false } },
      /still changing/,
      '--settle',
    ],
  ] as const)('knows nothing from %s', (_, findings, claim, fix) => {
    const verdict = judge(findings)
    expect(verdict.status).toBe('unknown')
    expect(verdict.claim).toMatch(claim)
    expect(verdict.fix).toContain(fix)
  })

  it('knows nothing from one order alone, unless event time is asked about', async () => {
    const single = stateCase(20, 1)
    const late = {
      standings: standingsOf(single.plan, { ackedAtMs: Float32Array.from({ length: 20 }, (_, n) => 200 - n) }),
    }
    const across = await findingsOf(single, soundStates(single))
    expect(orderIndependent.judge(evidenceOf(single, across))).toMatchObject({
      status: 'unknown',
      claim: 'the events came in one order only',
      fix: expect.stringContaining('--state-rule event-time'),
    })
    const byTime = await findingsOf({ ...single, ...late }, soundStates(single), { rule: 'event-time' })
    expect(orderIndependent.judge(evidenceOf(single, byTime))).toMatchObject({
      status: 'pass',
      claim: expect.stringMatching(/^0 of 5 users whose events came in another order differ from what event time says/),
    })
  })

  it('says why a source of states cannot be read', async () => {
    const { location, read } = brokenReceipts('nobody answers')
    const states = { kind: 'http' as const, location, read: () => read() as never }
    expect(judge(await findingsOf(run, states))).toMatchObject({
      status: 'unknown',
      claim: 'the final state could not be read: nobody answers',
    })
  })
})
