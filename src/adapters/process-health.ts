import { monitorEventLoopDelay } from 'node:perf_hooks'
import { cpuUsage, memoryUsage } from 'node:process'
import type { Health } from '../model/world.ts'

const RESOLUTION_MS = 5
const NS_PER_MS = 1e6

/** Watches this process from now on. Call `stop` when nobody asks any more. */
export function processHealth(): Health & { stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  let takenAtMs = performance.now()
  let cpu = cpuUsage()
  return {
    take() {
      const nowMs = performance.now()
      const used = cpuUsage(cpu)
      // The histogram holds the intervals between its own ticks, so the resolution is part of each.
      const loopDelayMaxMs = Math.max(0, delay.max / NS_PER_MS - RESOLUTION_MS)
      const cpuRatio = (used.user + used.system) / 1000 / Math.max(nowMs - takenAtMs, 1)
      takenAtMs = nowMs
      cpu = cpuUsage()
      delay.reset()
      return { loopDelayMaxMs, cpuRatio, rssMb: memoryUsage.rss() / 2 ** 20 }
    },
    stop: () => delay.disable(),
  }
}
