import { describe, expect, test } from 'vitest'
import { scheduleOf } from '../../generators/schedule/schedule.ts'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import { parseScenario } from '../../src/scenario/parse.ts'
import { replayPlan } from '../../src/scenario/replay-plan.ts'
import { resolve } from '../../src/scenario/resolve.ts'
import { written } from '../support/scenarios.ts'

const customers = [{ name: 'acme', apiKey: 'env:ACME', settings: { region: 'eu' } }, { name: 'globex' }]
const live = { name: 'live', rate: '100/s', duration: '1s' }
const again = { name: 'again', rate: '100/s', duration: '1s', replay: { again: { phase: 'live' } } }

describe('customers that cannot be are met with what is wrong and how to mend it', () => {
  test.each<[what: string, scenario: unknown, complaint: string]>([
    [
      'two of one name',
      written({ customers: [{ name: 'a' }, { name: 'a' }] }),
      'customers[1].name: another customer is called "a"',
    ],
    [
      'a key that is none',
      written({ customers: [{ name: 'a', apiKey: 'hunter2' }] }),
      'must name a place, not the secret itself',
    ],
    ['an unknown field', written({ customers: [{ name: 'a', setting: {} }] }), 'did you mean "settings"?'],
    [
      'namespaces beside them',
      written({ customers, namespaces: 2 }),
      'namespaces: each customer is a namespace already',
    ],
    ['one key for all', written({ customers, apiKey: 'env:K' }), 'apiKey: each customer has a key of its own'],
    ['a profile without keys', written({ customers, profile: 'webhook' }), 'the webhook profile has none'],
    ['ids that collide with nobody’s', written({ collide: true }), 'collide: ids of two customers collide'],
    [
      'a phase of a stranger',
      written({ customers }, { customers: ['acne'] }),
      'phases[0].customers[0]: "acne" is not one of acme, globex; did you mean "acme"?',
    ],
    ['a phase of customers without any', written({}, { customers: ['acme'] }), 'the scenario has no customers'],
    ['events that cannot be shared out', written({ customers, events: 7 }), '7 is no multiple of the 2 namespaces'],
  ])('%s', (_, scenario, complaint) => {
    expect(() => planOf(scenario)).toThrow(complaint)
  })

  test('what comes again from a customer who never sent it', () => {
    const scenario = {
      name: 's',
      customers,
      phases: [
        { ...live, customers: ['acme'] },
        { ...again, customers: ['globex'] },
      ],
    }
    expect(() => planOf(scenario)).toThrow('"globex" has sent nothing in the phase "live", which comes again here')
  })
})

describe('a plan of several customers', () => {
  const scenario = {
    name: 's',
    customers,
    collide: true,
    phases: [live, { ...live, name: 'own', customers: ['globex'] }, again],
  }
  const plan = planOf(scenario)

  test('has a namespace for each, with the places of their keys and with their settings', () => {
    expect(plan.traffic).toMatchObject({
      namespaces: 2,
      customers: {
        names: ['acme', 'globex'],
        keys: ['env:ACME', 'globex'],
        settings: ['{"region":"eu"}', '{}'],
        collide: true,
      },
    })
  })

  test('shares the rate of a phase among those who send it', () => {
    expect(plan.phases.map(({ messages }) => messages.count)).toEqual([50, 100, 0])
    expect(sentBy(plan, 0)).toEqual([50, 50])
    expect(sentBy(plan, 1)).toEqual([0, 100])
  })

  test('is replayed as it was sent: what a customer never sent does not come', () => {
    const replay = replayPlan(plan, { perSecond: 100, shuffleMs: 0 })
    expect(replay.phases.map(({ name, customers: who }) => [name, who])).toEqual([
      ['replay', undefined],
      ['replay-2', [1]],
    ])
    expect(sentBy(replay, 0)).toEqual([50, 50])
    expect(sentBy(replay, 1)).toEqual([0, 100])
  })
})

function planOf(scenario: unknown) {
  return resolve(parseScenario(scenario), { version: '', corpusDigest: '' }).plan
}

/** Messages that each customer sends in a phase. */
function sentBy(plan: ReturnType<typeof planOf>, phase: number): number[] {
  const counts = [0, 0]
  const schedule = scheduleOf(plan)
  for (let lane = 0; lane < schedule.lanes; lane++) {
    for (const cursor = schedule.lane(lane); cursor.peekDueMs() < Number.POSITIVE_INFINITY; ) {
      const delivery = cursor.next()
      const customer = Math.floor(delivery.index / NAMESPACE_STRIDE)
      if (delivery.phase === phase) counts[customer] = (counts[customer] ?? 0) + 1
    }
  }
  return counts
}
