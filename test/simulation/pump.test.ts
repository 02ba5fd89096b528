import { describe, expect, it } from 'vitest'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'
import { Playground, UNAVAILABLE } from '../support/playground.ts'

const { delivery, retry } = testPlan()
const NEVER = Number.POSITIVE_INFINITY

describe('the pump', () => {
  it('sends every delivery at its due moment and says so', async () => {
    const ground = new Playground({ phases: [livePhase(1000, 500)] })
    const end = await ground.run()
    expect(end).toMatchObject({ complete: true, trouble: undefined })
    expect(ground.attempts).toHaveLength(1000)
    for (const { dueMs, pumpLagMs, slotWaitMs, latencyMs, next } of ground.attempts) {
      expect({ pumpLagMs, slotWaitMs, next }).toEqual({ pumpLagMs: 0, slotWaitMs: 0, next: 'acked' })
      expect(latencyMs).toBeCloseTo(1, 6)
      expect(dueMs).toBeLessThan(2000)
    }
    expect(ground.observations.at(-1)).toMatchObject({ kind: 'end', complete: true })
  })

  it('has the watermark on record before anything leaves that is due before it', async () => {
    const ground = new Playground({ phases: [livePhase(1000, 500)], retry: { ...retry, timeScale: 1e5 } }, (nth) => ({
      afterMs: 3,
      ...(nth % 3 === 0 ? { outcome: UNAVAILABLE } : {}),
    }))
    await ground.run()
    ground.watermarkMsWhenSent.forEach((watermarkMs, i) => {
      expect(watermarkMs).toBeGreaterThanOrEqual(ground.sentAtMs[i]! + 50)
    })
  })

  it('is at its end as soon as the last answer is there', async () => {
    const ground = new Playground({ phases: [livePhase(10, 100)] }, (nth) => ({ afterMs: nth === 0 ? 1234 : 2 }))
    expect((await ground.run()).atMs).toBe(1234)
  })

  it('makes a retry at its moment though nothing else is due for long', async () => {
    const ground = new Playground({ phases: [livePhase(20, 2)], retry: { ...retry, timeScale: 1e4 } }, (nth) => ({
      afterMs: nth % 2 === 0 ? 700 : 3,
      ...(nth % 2 === 0 ? {} : { outcome: UNAVAILABLE }),
    }))
    await ground.run()
    const retries = ground.attempts.filter(({ attempt }) => attempt > 1)
    expect(retries.length).toBeGreaterThan(5)
    for (const { pumpLagMs } of ground.attempts) expect(pumpLagMs).toBeCloseTo(0, 6)
  })

  it('starts what is due as soon as one of two slots is freed', async () => {
    const slots = { ...delivery, inFlightMax: 2, catchUpPerSecond: 1e9 }
    const ground = new Playground({ phases: [livePhase(200, 100)], delivery: slots }, () => ({ afterMs: 30 }))
    const end = await ground.run()
    expect(end.complete).toBe(true)
    for (const { pumpLagMs } of ground.attempts) expect(pumpLagMs).toBeCloseTo(0, 4)
  })

  it('waits until the moment that the header names', async () => {
    const ground = new Playground({ phases: [livePhase(10, 10)] })
    const header = { startedAtMs: ground.clock.wallMs() + 5000 }
    await ground.run({ header: testHeader(ground.plan, header) })
    expect(ground.sentAtMs[0]).toBe(5000)
  })
})

describe('a target that stalls', () => {
  const stalled = (): Playground =>
    new Playground(
      { phases: [livePhase(20_000, 1000)], delivery: { ...delivery, catchUpPerSecond: 4000 } },
      (_, atMs) => ({
        afterMs: atMs >= 2000 && atMs < 5000 ? 5000 - atMs + 5 : 5,
      }),
    )

  it('is charged with the wait for a slot, and the generator with nothing', async () => {
    const ground = stalled()
    await ground.run()
    const waits = ground.attempts.map(({ slotWaitMs }) => slotWaitMs)
    expect(Math.max(...waits)).toBeGreaterThan(2000)
    expect(Math.max(...ground.attempts.map(({ pumpLagMs }) => pumpLagMs))).toBeLessThan(1.5)
  })

  it('never has more under way than the cap, and gets everything in the end', async () => {
    const ground = stalled()
    const end = await ground.run()
    expect(ground.inFlightMax).toBe(delivery.inFlightMax)
    expect(ground.attempts).toHaveLength(20_000)
    expect(end.complete).toBe(true)
  })

  it('is caught up with at the catch-up rate at most', async () => {
    const ground = stalled()
    await ground.run()
    const perSecond = new Map<number, number>()
    for (const atMs of ground.sentAtMs)
      perSecond.set(Math.floor(atMs / 1000), (perSecond.get(Math.floor(atMs / 1000)) ?? 0) + 1)
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(4000 + delivery.inFlightMax)
    expect(perSecond.get(5)).toBeGreaterThan(3000)
  })
})

describe('a generator that stalls', () => {
  it('is charged with its own lateness, and the target with nothing', async () => {
    const ground = new Playground({ phases: [livePhase(4000, 1000)] })
    const { clock } = ground
    let heldUpMs = 0
    const nowMs = clock.nowMs.bind(clock)
    const held = {
      nowMs: () => nowMs() + heldUpMs,
      wallMs: () => clock.wallMs() + heldUpMs,
      at: (atMs: number, wake: () => void) => clock.at(atMs - heldUpMs, wake),
    }
    clock.at(1000, () => {
      heldUpMs = 800
    })
    await ground.run({ clock: held })
    expect(Math.max(...ground.attempts.map(({ pumpLagMs }) => pumpLagMs))).toBeGreaterThan(700)
    expect(Math.max(...ground.attempts.map(({ slotWaitMs }) => slotWaitMs))).toBe(0)
    expect(ground.observations).toContainEqual(expect.objectContaining({ kind: 'mark', mark: 'stall' }))
  })
})

describe('an attempt without an answer', () => {
  it('ends at its deadline, as a timeout that may have been stored, and is made again', async () => {
    const ground = new Playground({ phases: [livePhase(10, 10)], retry: { ...retry, timeScale: 1000 } }, (nth) => ({
      afterMs: nth < 10 && nth % 2 === 0 ? NEVER : 1,
    }))
    await ground.run()
    const timeouts = ground.attempts.filter((o) => o.class === 'timeout')
    expect(timeouts).not.toHaveLength(0)
    for (const o of timeouts) expect(o).toMatchObject({ latencyMs: 5000, ambiguous: true, next: 'retry' })
    expect(ground.attempts.filter(({ next }) => next === 'acked')).toHaveLength(10)
  })
})

describe('an outage', () => {
  const HOURS_4 = 4 * 3600 * 1000

  it('that ends before the last retry can come loses nothing', async () => {
    const outageMs = HOURS_4 * 0.79
    const ground = new Playground(
      { phases: [livePhase(10_000, 100)], delivery: { ...delivery, drainMs: HOURS_4 + 60_000 } },
      (_, atMs) => ({ afterMs: 2, ...(atMs < outageMs ? { outcome: UNAVAILABLE } : {}) }),
    )
    const end = await ground.run()
    expect(ground.attempts.filter(({ next }) => next === 'acked')).toHaveLength(10_000)
    expect(Math.max(...ground.attempts.map(({ attempt }) => attempt))).toBe(10)
    expect(end.atMs).toBeGreaterThan(outageMs)
    for (const { attempt, attemptDueMs, dueMs } of ground.attempts) {
      if (attempt > 1) expect(attemptDueMs - dueMs).toBeLessThanOrEqual(HOURS_4 + 100)
    }
  })

  it('of four hours exhausts every one of 10 000 deliveries after ten attempts at most', async () => {
    const ground = new Playground(
      { phases: [livePhase(10_000, 100)], delivery: { ...delivery, drainMs: HOURS_4 + 60_000 } },
      () => ({ afterMs: 2, outcome: UNAVAILABLE }),
    )
    await ground.run()
    const lastOnes = ground.attempts.filter(({ next }) => next !== 'retry')
    expect(lastOnes).toHaveLength(10_000)
    for (const { next, attempt } of lastOnes) {
      expect(next).toBe('exhausted')
      expect(attempt).toBeLessThanOrEqual(10)
    }
  })
})

describe('the end of a run', () => {
  it('abandons the retries that would come after the drain, and does not wait for them in vain', async () => {
    const ground = new Playground({ phases: [livePhase(20, 100)], delivery: { ...delivery, drainMs: 10_000 } }, () => ({
      afterMs: 2,
      outcome: UNAVAILABLE,
    }))
    const end = await ground.run()
    expect(ground.observations.filter(({ kind }) => kind === 'gave-up')).toHaveLength(20)
    expect(end.atMs).toBeLessThan(1000)
    expect(end.complete).toBe(true)
  })

  it('leaves unsent what is still overdue when the drain is over', async () => {
    const ground = new Playground(
      { phases: [livePhase(5000, 1000)], delivery: { ...delivery, inFlightMax: 10, drainMs: 4000 } },
      () => ({ afterMs: 1000 }),
    )
    const end = await ground.run()
    expect(end.complete).toBe(false)
    expect(ground.attempts.length).toBeLessThan(200)
    expect(end.atMs).toBeLessThanOrEqual(10_100)
  })

  it('comes after what is under way when it is told to stop, with the rest unsent or abandoned', async () => {
    const ground = new Playground({ phases: [livePhase(1000, 100)] }, (nth) => ({
      afterMs: 400,
      ...(nth % 2 === 0 ? { outcome: UNAVAILABLE } : {}),
    }))
    ground.clock.at(3000, () => ground.stop.abort('SIGINT'))
    const end = await ground.run()
    expect(end.complete).toBe(false)
    expect(end.atMs).toBeCloseTo(3400, -2)
    expect(Math.max(...ground.sentAtMs)).toBeLessThanOrEqual(3000)
    expect(ground.attempts).toHaveLength(ground.sentAtMs.length)
    expect(ground.observations.some(({ kind }) => kind === 'gave-up')).toBe(true)
    expect(ground.observations).toContainEqual(expect.objectContaining({ mark: 'stopped', text: 'SIGINT' }))
    expect(ground.observations.at(-1)).toMatchObject({ kind: 'end', complete: false })
  })

  it('comes at once when it is told to abort, and then no end is on record', async () => {
    const ground = new Playground({ phases: [livePhase(1000, 100)] }, () => ({ afterMs: 400 }))
    ground.clock.at(3000, () => ground.abort.abort())
    const end = await ground.run()
    expect(end.atMs).toBe(3000)
    expect(ground.attempts.length).toBeLessThan(ground.sentAtMs.length)
    expect(ground.observations.some(({ kind }) => kind === 'end')).toBe(false)
  })

  it('comes when the ledger cannot be written: nothing leaves that is not on record', async () => {
    const ground = new Playground({ phases: [livePhase(1000, 100)] })
    const { recorder } = ground
    const full = new Error('no space left on device')
    ground.recorder = {
      record: recorder.record,
      flush: () => {
        if (ground.clock.nowMs() > 2000) throw full
        recorder.flush()
      },
    }
    const end = await ground.run()
    expect(end).toMatchObject({ complete: false, trouble: full })
    expect(Math.max(...ground.sentAtMs)).toBeLessThan(2500)
  })
})
