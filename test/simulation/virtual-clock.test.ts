import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Timer } from '../../src/model/world.ts'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'

describe('a virtual clock', () => {
  test('wakes timers in order of their moments, those of one moment in the order in which they were set', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 })
    fc.assert(
      fc.property(moments, (atMs) => {
        const clock = new VirtualClock()
        const woken: { readonly at: number; readonly order: number }[] = []
        atMs.forEach((at, order) => {
          clock.at(at, () => woken.push({ at: clock.nowMs(), order }))
        })
        clock.run()
        const expected = atMs.map((at, order) => ({ at, order })).sort((a, b) => a.at - b.at || a.order - b.order)
        expect(woken).toEqual(expected)
      }),
    )
  })

  test('wakes what was not cancelled, however much is cancelled and when', () => {
    const plans = fc.array(fc.record({ at: fc.nat(50), cancelAt: fc.option(fc.nat(50)) }), {
      minLength: 100,
      maxLength: 400,
    })
    fc.assert(
      fc.property(plans, (timers) => {
        const clock = new VirtualClock()
        const woken = new Set<number>()
        timers.forEach(({ at, cancelAt }, i) => {
          const timer: Timer = clock.at(at + 0.5, () => woken.add(i))
          if (cancelAt !== null) clock.at(cancelAt, () => timer.cancel())
        })
        clock.run()
        const expected = timers.flatMap(({ at, cancelAt }, i) => (cancelAt === null || cancelAt > at ? [i] : []))
        expect([...woken].sort((a, b) => a - b)).toEqual(expected)
      }),
    )
  })

  test('stands where it was told to stop, and has woken what was due until then', () => {
    const clock = new VirtualClock(1000)
    const woken: number[] = []
    for (const at of [5, 10, 10.5]) clock.at(at, () => woken.push(at))
    clock.runUntil(10)
    expect({ woken, nowMs: clock.nowMs(), wallMs: clock.wallMs() }).toEqual({ woken: [5, 10], nowMs: 10, wallMs: 1010 })
  })

  test('wakes a timer set for the past at once, without going back', () => {
    const clock = new VirtualClock()
    clock.runUntil(100)
    let wokenAt = Number.NaN
    clock.at(50, () => {
      wokenAt = clock.nowMs()
    })
    clock.run()
    expect(wokenAt).toBe(100)
  })

  test('never wakes a timer set for the end of time', () => {
    const clock = new VirtualClock()
    clock.at(Number.POSITIVE_INFINITY, () => expect.unreachable())
    clock.run()
    expect(clock.nowMs()).toBe(0)
  })

  test('drains code that awaits timers, in no time', async () => {
    const clock = new VirtualClock()
    const sleep = (ms: number): Promise<void> => new Promise((wake) => clock.at(clock.nowMs() + ms, wake))
    const story = async (): Promise<string[]> => {
      const told: string[] = []
      for (let hour = 1; hour <= 4; hour++) {
        await sleep(3_600_000)
        told.push(`${hour} h at ${clock.nowMs() / 3_600_000}`)
      }
      return told
    }
    expect(await clock.drain(story())).toEqual(['1 h at 1', '2 h at 2', '3 h at 3', '4 h at 4'])
  })

  test('does not run past what a drained promise waited for', async () => {
    const clock = new VirtualClock()
    const done = new Promise<void>((wake) => clock.at(10, wake))
    clock.at(20, () => expect.unreachable())
    await clock.drain(done)
    expect(clock.nowMs()).toBe(10)
  })

  test('passes on what a drained promise rejects with', async () => {
    const clock = new VirtualClock()
    const failing = new Promise<void>((_, reject) => clock.at(5, () => reject(new Error('as it should'))))
    await expect(clock.drain(failing)).rejects.toThrow('as it should')
  })

  test('says so when a drained promise waits for what will never come', async () => {
    const clock = new VirtualClock()
    clock.at(7, () => {})
    await expect(clock.drain(new Promise(() => {}))).rejects.toThrow('nothing is left to wake after 7 ms')
  })
})
