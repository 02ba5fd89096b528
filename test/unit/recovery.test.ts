import { describe, expect, it } from 'vitest'
import { recoveryOf } from '../../src/analysis/recovery.ts'
import type { SeriesRow } from '../../src/model/report.ts'

const GOOD: SeriesRow = {
  atS: 0,
  due: 100,
  sent: 100,
  acked: 100,
  c4xx: 0,
  c5xx: 0,
  failed: 0,
  inFlight: 0,
  p50Ms: 5,
  p99Ms: 20,
  maxMs: 30,
  pumpLagMaxMs: 1,
  slotWaitMaxMs: 0,
  phase: 'live',
}
const FAILING = { acked: 10, c5xx: 90 }
const SLOW = { p50Ms: 4000 }

/** Rows of a second each: so many good ones unless changed. */
function rows(...stretches: readonly (readonly [count: number, changes?: Partial<SeriesRow>])[]): SeriesRow[] {
  const all = stretches.flatMap(([count, changes = {}]) => Array<SeriesRow>(count).fill({ ...GOOD, ...changes }))
  return all.map((row, atS) => ({ ...row, atS }))
}

describe('recovery', () => {
  it('is nothing where nothing went wrong', () => {
    expect(recoveryOf(rows([20]), 'sound')).toBeNull()
    expect(recoveryOf([], 'sound')).toBeNull()
    expect(recoveryOf(rows([10], [1, { acked: 1, c5xx: 5 }], [10]), 'sound')).toBeNull()
  })

  it('begins when answers are good again and ends when they are as fast as before', () => {
    const outage = rows([8], [6, FAILING], [3, SLOW], [5])
    expect(recoveryOf(outage, 'sound')).toMatchObject({ fromS: 8, causeEndS: 14, wellAtS: 17, tookS: 3 })
  })

  it('of an overload begins when the load is gone', () => {
    const overload = rows([5], [4, { due: 800, ...FAILING }], [4, FAILING], [5])
    expect(recoveryOf(overload, 'sound')).toMatchObject({ fromS: 5, causeEndS: 9, wellAtS: 13, tookS: 4 })
  })

  it('has not come where trouble lasts to the end, however long it was watched', () => {
    const never = rows([5], [10, FAILING], [12, { due: 0, acked: 0, c5xx: 40 }])
    expect(recoveryOf(never, 'sound')).toMatchObject({ fromS: 5, wellAtS: null, tookS: null, watchedS: 12 })
  })

  it('is not asked of the target for slowness while squall did not keep time', () => {
    const slow = rows([8], [6, SLOW], [5])
    expect(recoveryOf(slow, 'sound')).toMatchObject({ fromS: 8, wellAtS: 14 })
    expect(recoveryOf(slow, 'doubtful')).toBeNull()
    expect(recoveryOf(rows([8], [6, FAILING], [5]), 'doubtful')).toMatchObject({ fromS: 8 })
  })

  it('counts silence as trouble', () => {
    const silent = rows([8], [4, { acked: 0, inFlight: 400, p50Ms: null }], [5])
    expect(recoveryOf(silent, 'sound')).toMatchObject({ fromS: 8, wellAtS: 12 })
  })
})
