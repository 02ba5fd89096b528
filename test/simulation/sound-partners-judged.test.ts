import { describe, expect, it } from 'vitest'
import { mixedTraffic, rehearsal, SOME_SEEDS, verdictsThat } from '../support/rehearsals.ts'

describe('a sound partner is blamed for nothing', () => {
  it.each([
    ['that is plain', [], {}],
    ['that is killed and comes back', [], { crashAtMs: 800 }],
    ['that answers 503 now and then', ['status:503 5%'], {}],
    ['that resets connections before and after storing', ['reset 3%', 'reset-after-store 3%'], {}],
    ['that loses answers after storing', ['lost-answer-stored'], {}],
    ['that loses answers without storing', ['lost-answer-not-stored'], {}],
    ['that hangs now and then', ['hang 2%'], {}],
    ['that answers 204', ['answers-204'], {}],
    ['that answers 503 at each first try', ['503-first-try'], {}],
    ['that answers 429 and then accepts', ['429-then-accepts'], {}],
    ['that is slow within the limit', ['slow(4.5s)'], {}],
    ['that closes every connection', ['closes-always'], {}],
    ['that speaks HTTP/1.0', ['http-1.0'], {}],
    ['that hints before it answers', ['early-hints'], {}],
    ['that gives odd reasons', ['odd-reasons'], {}],
    ['that dribbles its bodies within the limit', ['slow-body(4.5s)'], {}],
    ['that dribbles a body beyond the limit now and then', ['slow-body(10s) 2%'], {}],
    ['that speaks another protocol now and then', ['malformed 3%'], {}],
    ['whose receipts overlap, in no order', ['unordered-receipts'], {}],
    ['that shows what it stored half a second later', ['visible-late(500ms)'], {}],
  ] as const)('%s, in many runs', async (_, faults, world) => {
    for (const seed of SOME_SEEDS) {
      const outcome = await rehearsal(mixedTraffic, seed, { faults, ...world })
      expect([verdictsThat('fail', outcome), verdictsThat('unknown', outcome)], `seed ${seed}`).toEqual([[], []])
    }
  })
})
