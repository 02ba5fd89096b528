import { describe, expect, it } from 'vitest'
import { lives, orders } from '../support/consequences.ts'
import { rehearsal, SOME_SEEDS, verdictsThat } from '../support/rehearsals.ts'

describe('in each of many runs', () => {
  it.each([
    ['deletes', 'resurrects', lives],
    ['deletes', 'rejects-deletes', lives],
    ['understood', 'misreads', orders],
    ['no-side-effects', 'mails-on-replay', orders],
  ] as const)('%s alone catches a partner that %s', async (verdict, fault, prepared) => {
    for (const seed of SOME_SEEDS) {
      const outcome = await rehearsal(prepared, seed, { faults: [fault] })
      expect(verdictsThat('fail', outcome), `seed ${seed}`).toEqual([verdict])
    }
  })

  it.each([
    ['deletes', lives],
    ['understands and mails', orders],
  ])('a sound partner that %s is blamed for nothing', async (_, prepared) => {
    for (const seed of SOME_SEEDS) {
      const outcome = await rehearsal(prepared, seed)
      expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)], `seed ${seed}`).toEqual([[], []])
    }
  })
})

describe.each([
  ['deletes', lives],
  ['understands and mails', orders],
])('a sound partner that %s is blamed for nothing', (_, prepared) => {
  it.each([
    ['when it fails now and then', ['status:503 5%', 'reset 3%', 'reset-after-store 3%', 'hang 1%']],
    ['when it refuses each first try', ['503-first-try']],
    ['when its answers are lost', ['lost-answer-stored']],
    ['when it shows late what it holds', ['visible-late(300ms)']],
  ] as const)('%s', async (_, faults) => {
    for (const seed of [1, 2, 3]) {
      const outcome = await rehearsal(prepared, seed, { faults })
      expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)], `seed ${seed}`).toEqual([[], []])
    }
  })
})

it('a partner that is killed still knows whom it has deleted', async () => {
  for (const seed of [1, 2, 3]) {
    const outcome = await rehearsal(lives, seed, { crashAtMs: 600 })
    expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)], `seed ${seed}`).toEqual([[], []])
  }
})

it('whoever loses a delete has not deleted', async () => {
  const outcome = await rehearsal(lives, 1, { faults: ['loses(2e-1)'] })
  expect(verdictsThat('fail', outcome)).toEqual(['no-loss', 'deletes'])
})

it('names each person who is still there, with what happened to them', async () => {
  const { report } = await rehearsal(lives, 1, { faults: ['resurrects'] })
  const { evidence } = report.verdicts.find(({ id }) => id === 'deletes')!
  const [person] = evidence.people as [Record<string, unknown> & { delete: { ackedAtMs: number } }]
  expect(person).toMatchObject({ userId: expect.stringMatching(/^sq_seed-1_/), inState: true })
  expect(person.cameAgainAtMs).toBeGreaterThan(person.delete.ackedAtMs)
  expect(person.records).toContainEqual(expect.objectContaining({ type: 'identify' }))
})
