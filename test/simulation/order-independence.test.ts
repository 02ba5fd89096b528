import { describe, expect, it } from 'vitest'
import type { Prepared } from '../../src/run.ts'
import { DEFAULT_VERDICTS } from '../../src/scenario/verdicts.ts'
import { readied, rehearsal, SOME_SEEDS, verdictsThat } from '../support/rehearsals.ts'

/** The same events in order and in a shuffle, with copies: enough of them that some users come again. */
const orders = ofEvents(1600)

describe('order-independent', () => {
  it('alone catches who keeps what arrived last, in each of many runs', async () => {
    await allCaught('last-write-by-arrival', orders, SOME_SEEDS)
  })

  it('alone catches who takes order for granted, in each of many runs', async () => {
    await allCaught('assumes-order', ofEvents(400), SOME_SEEDS)
  })

  it.each([
    ['plain', []],
    ['failing now and then', ['status:503 5%', 'reset 3%', 'reset-after-store 3%']],
    ['losing its answers', ['lost-answer-stored']],
    ['refusing each first try', ['503-first-try', 'answers-204']],
    ['slow to show what it stored', ['visible-late(200ms)']],
    ['slow to answer', ['delay:exp(50ms)', 'closes-always']],
  ])('passes a sound partner that is %s', async (_, faults) => {
    for (const seed of [1, 2, 3]) {
      const outcome = await rehearsal(orders, seed, { faults })
      expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)], `seed ${seed}`).toEqual([[], []])
    }
  })

  it.each([
    ['loses(5e-2)', 'no-loss'],
    ['clamps-old(1h)', undefined],
    ['truncates', 'unaltered'],
  ])('leaves what a partner that %s does wrong to other verdicts', async (fault, verdict) => {
    const outcome = await rehearsal(orders, 1, { faults: [fault] })
    expect(verdictsThat('fail', outcome)).toEqual(verdict === undefined ? [] : [verdict])
  })
})

async function allCaught(fault: string, prepared: Prepared, seeds: readonly number[]): Promise<void> {
  for (const seed of seeds) {
    const outcome = await rehearsal(prepared, seed, { faults: [fault] })
    expect(verdictsThat('fail', outcome), `seed ${seed}`).toEqual(['order-independent'])
  }
}

function ofEvents(events: number): Prepared {
  return readied({
    settle: '300ms',
    namespaces: 2,
    people: 20,
    verdicts: [...DEFAULT_VERDICTS, 'order-independent'],
    phases: [{ name: 'live', rate: '1000/s', events, duplicates: '10%', shuffle: '20s' }],
  })
}
