import { describe, expect, it } from 'vitest'
import type { StateFindings, StateLine } from '../../src/model/state.ts'
import {
  findingsOf,
  memoryStates,
  messagesOf,
  receiptsOf,
  type StateAsk,
  soundStates,
  stateAfter,
  stateCase,
  traitsAt,
  userIdOf,
} from '../support/state-case.ts'

const run = stateCase()
const sound = soundStates(run)

async function statesOf(lines: readonly StateLine[], ask: StateAsk = {}): Promise<StateFindings> {
  return (await findingsOf(run, lines, ask)).states!
}

/** The sound states with some lines in place of those of the same user. */
function withLines(...changed: StateLine[]): StateLine[] {
  return sound.map((line) => changed.find(({ userId }) => userId === line.userId) ?? line)
}

describe('states of the same people in several namespaces', () => {
  it('are equal though every identifier in them differs', async () => {
    expect(await statesOf(sound)).toMatchObject({
      settled: true,
      compared: 5,
      reordered: 5,
      lines: 15,
      excluded: { missing: 0, flawed: 0, tied: 0 },
      differing: { count: 0 },
    })
  })

  it('differ where another event had the last word, shown by the two events and when each came', async () => {
    const overtaken = stateAfter(1, 2, [2, 7, 17, 12])
    const { differing } = await statesOf(withLines(overtaken))
    expect(differing).toEqual({
      count: 1,
      examples: [
        {
          why: 'orders',
          trait: 'plan',
          held: [
            { namespace: 0, userId: userIdOf(0, 2), value: 'plus' },
            { namespace: 1, userId: userIdOf(1, 2), value: 'free' },
          ],
          events: [
            { indices: [12, 2 ** 36 + 12], timestamp: '2026-01-01T00:00:24.000Z', value: 'free', ackedAtMs: [120, 80] },
            { indices: [17, 2 ** 36 + 17], timestamp: '2026-01-01T00:00:34.000Z', value: 'plus', ackedAtMs: [170, 30] },
          ],
        },
      ],
    })
  })

  it('differ where one of them has no line', async () => {
    const { differing } = await statesOf(sound.filter(({ userId }) => userId !== userIdOf(2, 3)))
    expect(differing).toMatchObject({
      count: 1,
      examples: [
        { why: 'absent', held: [{ namespace: 2, userId: userIdOf(2, 3) }], events: [{ indices: [2 ** 37 + 18] }] },
      ],
    })
  })

  it('differ where a value is of nobody, or of the same person in another namespace', async () => {
    const foreign = { userId: userIdOf(1, 0), traits: { ...traitsAt(1, 15), email: 'nobody@example.com' } }
    const borrowed = { userId: userIdOf(1, 1), traits: { ...traitsAt(1, 16), email: traitsAt(0, 16).email } }
    const { differing } = await statesOf(withLines(foreign, borrowed))
    expect(differing.examples).toMatchObject([
      { why: 'foreign', trait: 'email', held: [{ value: 'nobody@example.com' }] },
      { why: 'foreign', trait: 'email', held: [{ value: 'u1.0@example.com' }] },
    ])
  })

  it('may be kept as columns of a table, with the store’s own beside them and nulls left out', async () => {
    const columns = sound.map(({ userId, traits: { newsletter, tags, createdAt, ...rest } }) => ({
      userId,
      traits: {
        ...rest,
        ...(newsletter === null ? {} : { newsletter: 1 }),
        tags: JSON.stringify(tags),
        createdAt: Date.parse(String(createdAt)),
        lastSeen: 7,
      },
    }))
    expect((await statesOf(columns)).differing.count).toBe(0)
  })
})

describe('a user is left out', () => {
  const overtaken = withLines(stateAfter(1, 2, [17, 12]))

  it('when one of their messages was not found', async () => {
    const receipts = receiptsOf(run).filter(({ messageId }) => messageId !== `testrun1:${2 ** 36 + 7}`)
    const { excluded, differing, compared } = await statesOf(overtaken, { receipts })
    expect({ excluded, count: differing.count, compared }).toEqual({
      excluded: { missing: 1, flawed: 0, tied: 0 },
      count: 0,
      compared: 4,
    })
  })

  it.each([
    ['altered', { body: '{}' }],
    ['misdated', { timestamp: '2026-01-02T00:00:00.000Z' }],
  ])('when one of them was %s', async (_, change) => {
    const receipts = receiptsOf(run).map((receipt, i) => (i === 7 ? { ...receipt, ...change } : receipt))
    const { excluded, differing } = await statesOf(overtaken, { receipts })
    expect([excluded.flawed, differing.count]).toEqual([1, 0])
  })

  it('when the store’s unit of time makes two of their events one moment', async () => {
    const receipts = receiptsOf(run).map((receipt) => ({
      ...receipt,
      timestamp: `${String(receipt.timestamp).slice(0, 16)}Z`,
    }))
    expect((await statesOf(overtaken, { receipts })).excluded.tied).toBe(5)
  })
})

describe('by event time', () => {
  const ask = { rule: 'event-time' } as const

  it('a state holds if of each trait the value set last stays, in one namespace or several', async () => {
    const single = stateCase(20, 1)
    expect((await statesOf(sound, ask)).differing.count).toBe(0)
    expect((await findingsOf(single, soundStates(single), ask)).states).toMatchObject({
      compared: 5,
      differing: { count: 0 },
    })
  })

  it('equal states that are equally wrong differ from it, shown by what stayed and what should have', async () => {
    const wrong = withLines(...[0, 1, 2].map((namespace) => stateAfter(namespace, 2, [17, 12])))
    expect((await statesOf(wrong)).differing.count).toBe(0)
    expect((await statesOf(wrong, ask)).differing).toMatchObject({
      count: 1,
      examples: [{ why: 'event-time', trait: 'plan', events: [{ value: 'free' }, { value: 'plus' }] }],
    })
  })

  it('a trait that the state never holds is not asked for, and null may be no news', async () => {
    const partial = sound.map(({ userId, traits: { score: _, ...traits } }) => ({
      userId,
      traits: { ...traits, newsletter: true },
    }))
    expect((await statesOf(partial, ask)).differing.count).toBe(0)
  })
})

describe('states are read again', () => {
  const late = withLines(stateAfter(1, 2, [17, 12]))

  it('until two readings agree and nobody differs', async () => {
    const { states } = await findingsOf(run, memoryStates([], late, late, sound))
    expect(states).toMatchObject({ settled: true, differing: { count: 0 } })
  })

  it('to the end of the time where somebody does', async () => {
    const { states } = await findingsOf(run, memoryStates(late))
    expect(states).toMatchObject({ settled: true, differing: { count: 1 } })
    expect(states!.readings).toBeGreaterThan(3)
  })

  it('and do not settle while they change', async () => {
    const moving = Array.from({ length: 50 }, (_, i) => withLines(stateAfter(1, 2, i % 2 === 0 ? [17, 12] : [12, 7])))
    expect((await findingsOf(run, memoryStates(...moving))).states?.settled).toBe(false)
  })
})

it('the same readings give the same findings', async () => {
  const wrong = withLines(stateAfter(1, 2, [17, 12]))
  expect(await statesOf(wrong.toReversed())).toEqual(await statesOf(wrong))
})

/** Who keeps what came last differs just where the last to come differ: told here from the orders alone. */
it('finds exactly the users whose state another order of arrival changed', async () => {
  for (let order = 0; order < 40; order++) {
    const shuffled = (user: number): number[] => rotated(messagesOf(run, user), (order * (user + 3)) % 4)
    const states = sound.filter(({ userId }) => !userId.startsWith('sq_testrun1_1'))
    const others = [0, 1, 2, 3, 4].map((user) => stateAfter(1, user, shuffled(user)))
    const changed = [0, 1, 2, 3, 4].filter((user) => shuffled(user).at(-1) !== messagesOf(run, user).at(-1))
    expect((await statesOf([...states, ...others])).differing.count).toBe(changed.length)
  }
})

function rotated(items: readonly number[], by: number): number[] {
  return [...items.slice(by), ...items.slice(0, by)]
}
