import { describe, expect, it } from 'vitest'
import { FailingMinute } from '../../src/delivery/failing-minute.ts'
import type { Snapshot } from '../../src/model/snapshot.ts'
import { snapshot } from '../support/snapshots.ts'

/** What the watch says when each second brings so many attempts that end so. */
function watched(seconds: number, perSecond: (second: number) => Snapshot['classes']): (string | undefined)[] {
  const minute = new FailingMinute()
  const totals: Record<string, number> = {}
  return Array.from({ length: seconds }, (_, i) => {
    for (const [name, count] of Object.entries(perSecond(i))) totals[name] = (totals[name] ?? 0) + count
    return minute.reasonToStop(snapshot({ atMs: (i + 1) * 1000, classes: { ...totals } }))
  })
}

function firstReason(said: readonly (string | undefined)[]): [second: number, reason: string] | undefined {
  const at = said.findIndex((reason) => reason !== undefined)
  return at < 0 ? undefined : [at + 1, said[at]!]
}

describe('a target that is not of this machine', () => {
  it('is left alone after a minute in which half of the attempts failed', () => {
    const said = watched(90, () => ({ '2xx': 5, '5xx': 3, timeout: 2 }))
    expect(firstReason(said)).toEqual([60, 'squall itself, as 300 of 600 attempts failed within a minute'])
  })

  it('is not left alone when fewer than half failed', () => {
    expect(firstReason(watched(300, () => ({ '2xx': 51, '5xx': 49 })))).toBeUndefined()
  })

  it('is not left alone for refusing what is to be refused', () => {
    const minute = new FailingMinute()
    for (let second = 1; second <= 120; second++) {
      const counts = { classes: { '2xx': second, '4xx': 9 * second }, refusedAsExpected: 9 * second }
      expect(minute.reasonToStop(snapshot({ atMs: second * 1000, ...counts }))).toBeUndefined()
    }
  })

  it('may recover: what failed more than a minute ago does not count', () => {
    const said = watched(300, (second) => (second < 29 ? { '5xx': 10 } : { '2xx': 10 }))
    expect(firstReason(said)).toBeUndefined()
  })

  it('is left alone also when it fails late in a long run', () => {
    const said = watched(600, (second) => (second < 500 ? { '2xx': 10 } : { refused: 10 }))
    expect(firstReason(said)?.[0]).toBe(530)
  })

  it('is not blamed for trouble of this machine, nor by a handful of attempts', () => {
    expect(firstReason(watched(120, () => ({ '2xx': 1, local: 9 })))).toBeUndefined()
    expect(firstReason(watched(120, (second) => (second % 10 === 0 ? { '5xx': 1 } : {})))).toBeUndefined()
  })
})
