import { describe, expect, it } from 'vitest'
import { livePhase, testPlan } from '../support/plans.ts'
import { Playground, UNAVAILABLE } from '../support/playground.ts'

const { delivery, retry } = testPlan()

/** The most starts within any second. */
function busiestSecond(startsMs: readonly number[]): number {
  return Math.max(...startsMs.map((fromMs, i) => startsMs.slice(i).filter((ms) => ms < fromMs + 1000).length))
}

describe('a ceiling of attempts per second', () => {
  it('holds in every second although each delivery is retried three times at once', async () => {
    const plan = {
      phases: [livePhase(200, 40)],
      delivery: { ...delivery, attemptsPerSecondMax: 50, drainMs: 60_000 },
      retry: { ...retry, timeScale: 1e6, retriesMax: 3 },
    }
    const ground = new Playground(plan, () => ({ afterMs: 1, outcome: UNAVAILABLE }))
    await ground.run()
    expect(ground.attempts).toHaveLength(800)
    expect(busiestSecond(ground.sentAtMs)).toBe(50)
  })

  it('holds while a stalled target is caught up with', async () => {
    const plan = { phases: [livePhase(400, 40)], delivery: { ...delivery, attemptsPerSecondMax: 50, inFlightMax: 8 } }
    const ground = new Playground(plan, (_, atMs) => ({ afterMs: atMs < 3000 ? 3001 - atMs : 1 }))
    await ground.run()
    expect(ground.attempts).toHaveLength(400)
    expect(busiestSecond(ground.sentAtMs)).toBe(50)
  })

  it('is never charged to the target, and is no stall of squall either', async () => {
    const plan = { phases: [livePhase(200, 100)], delivery: { ...delivery, attemptsPerSecondMax: 50 } }
    const ground = new Playground(plan)
    await ground.run()
    expect(Math.max(...ground.attempts.map(({ slotWaitMs }) => slotWaitMs))).toBe(0)
    expect(Math.max(...ground.attempts.map(({ pumpLagMs }) => pumpLagMs))).toBeGreaterThan(1000)
    expect(ground.observations.filter(({ kind }) => kind === 'mark')).toEqual([])
  })

  it('below one a second spaces attempts out', async () => {
    const plan = { phases: [livePhase(5, 5)], delivery: { ...delivery, attemptsPerSecondMax: 0.5 } }
    const ground = new Playground(plan)
    await ground.run()
    const gapsMs = ground.sentAtMs.slice(1).map((ms, i) => ms - ground.sentAtMs[i]!)
    expect(Math.min(...gapsMs)).toBeGreaterThanOrEqual(2000)
  })
})
