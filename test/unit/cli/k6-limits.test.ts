import { describe, expect, test } from 'vitest'
import { checkK6Can } from '../../../src/cli/k6-limits.ts'
import { prepare } from '../../../src/run.ts'
import type { Scenario } from '../../../src/scenario/schema.ts'
import { nodeDigest } from '../../support/audit-case.ts'

const SMALL: Scenario = { name: 'small', people: 10, phases: [{ name: 'live', rate: '10/s', events: 10 }] }

function complaint(fields: Partial<Scenario>, ca?: string, platform = 'linux'): string {
  const prepared = prepare({ ...SMALL, ...fields }, nodeDigest)
  const { headers } = prepared.plan.delivery
  try {
    checkK6Can(prepared, { apiKey: 'k', headers }, ca === undefined ? {} : { ca }, platform)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('what k6 cannot do as the plan says is refused in one line', () => {
  test.each<[string, Partial<Scenario>, RegExp]>([
    ['a number of connections', { connections: 8 }, /^--connections: .*leave it out, or take --engine node$/],
    [
      'a header that makes Go send again',
      { headers: { 'x-idempotency-key': 'a' } },
      /^--header: with x-idempotency-key /,
    ],
    ['answers lost on purpose', { lostAnswers: '5%' }, /^lostAnswers: k6 cannot close a connection .*leave it out, or/],
    ['a header that the profile has', { headers: { 'USER-AGENT': 'me' } }, /^--header: k6 sends user-agent once alone/],
  ])('%s', (_, fields, expected) => {
    expect(complaint(fields)).toMatch(expected)
  })

  test('authorities of one’s own, where Go asks the system alone', () => {
    expect(complaint({}, 'PEM', 'darwin')).toMatch(/^--ca: here k6 trusts the authorities of the system alone/)
    expect(complaint({}, 'PEM', 'linux')).toBe('')
  })

  test('all that it can do passes', () => {
    expect(complaint({ inFlight: 1000, headers: { 'X-Own': '1' }, connections: 64, warmRequests: 0 })).toBe('')
  })
})
