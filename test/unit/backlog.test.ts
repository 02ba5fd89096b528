import { describe, expect, it } from 'vitest'
import { Backlog } from '../../src/delivery/backlog.ts'

function backlogOf(catchUpPerSecond: number, attemptsPerSecondMax = 0): Backlog {
  return new Backlog({ catchUpPerSecond, attemptsPerSecondMax })
}

describe('a backlog', () => {
  it('charges nothing to the target while slots are free', () => {
    expect(backlogOf(1000).start(10, 12)).toBe(0)
  })

  it('charges the target with the wait for a slot, and the generator with what came before', () => {
    const backlog = backlogOf(1e6)
    backlog.full(100)
    backlog.slotFreed(300)
    expect(backlog.start(50, 300)).toBe(200)
    expect(backlog.start(150, 300)).toBeCloseTo(150, 0)
  })

  it('charges the generator with its own delay after the slot was free', () => {
    const backlog = backlogOf(1e6)
    backlog.full(100)
    backlog.slotFreed(300)
    expect(backlog.start(150, 320)).toBeCloseTo(150, 0)
  })

  it('charges nothing to the target when squall itself was held up', () => {
    const backlog = backlogOf(1000)
    expect(backlog.stalled(0, 99)).toBe(false)
    expect(backlog.stalled(0, 500)).toBe(true)
    expect(backlog.start(0, 500)).toBe(0)
    expect(backlog.start(100, 600)).toBe(0)
  })

  it('charges the target again once its slots are full during a catch-up', () => {
    const backlog = backlogOf(1e6)
    backlog.stalled(0, 500)
    backlog.full(600)
    backlog.slotFreed(900)
    expect(backlog.start(0, 900)).toBe(300)
  })

  it('catches up at the stated rate and no faster', () => {
    const backlog = backlogOf(1000)
    backlog.stalled(0, 500)
    let startedAtMs = 500
    for (let i = 0; i < 100; i++) {
      startedAtMs = Math.max(startedAtMs, backlog.mayStartMs(startedAtMs))
      backlog.start(0, startedAtMs)
    }
    expect(startedAtMs).toBeGreaterThanOrEqual(597)
    expect(startedAtMs).toBeLessThanOrEqual(600)
  })

  it('ends when nothing is due, and starts at once again', () => {
    const backlog = backlogOf(1)
    backlog.full(0)
    backlog.slotFreed(10)
    backlog.start(0, 10)
    expect(backlog.mayStartMs(11)).toBeGreaterThan(900)
    backlog.cleared()
    expect(backlog.mayStartMs(11)).toBe(11)
  })
})
