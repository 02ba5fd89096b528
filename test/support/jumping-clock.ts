import type { Clock } from '../../src/model/world.ts'

/** A clock on which nothing takes time: waiting moves it to the moment waited for. */
export function jumpingClock(startMs = 0): Clock {
  let nowMs = startMs
  return {
    nowMs: () => nowMs,
    wallMs: () => nowMs,
    at(atMs, wake) {
      let waits = true
      queueMicrotask(() => {
        nowMs = Math.max(nowMs, atMs)
        if (waits) wake()
      })
      return {
        cancel: () => {
          waits = false
        },
      }
    },
  }
}
