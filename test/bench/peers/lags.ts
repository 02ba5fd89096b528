import { type Engine, fixedRate } from './fixed-rate.ts'
import type { Stage } from './stage.ts'

const RATES_PER_SECOND = [1000, 2000, 5000]

/** How late an engine was by its own doing, at a fixed rate, in milliseconds. */
export interface Lag {
  readonly engine: Engine
  readonly perSecond: number
  /** Null: nothing was timed. */
  readonly p50: number | null
  readonly p99: number | null
  /** What the run itself says of its timing: an engine that cannot keep up fills its cap, and then its lag says nothing. */
  readonly timing: 'sound' | 'doubtful'
  readonly acked: number
}

/** One run of each engine at each rate, the engines in turn. An engine that cannot run is left out. */
export async function lags(stage: Stage, engines: readonly Engine[], seconds: number): Promise<Lag[]> {
  const measured: Lag[] = []
  for (const perSecond of RATES_PER_SECOND) {
    for (const engine of engines) {
      const { generator, counts } = await fixedRate(stage, engine, perSecond, seconds)
      const { p50, p99 } = generator.pumpLagMs
      measured.push({ engine, perSecond, p50, p99, timing: generator.timing, acked: counts.acked })
    }
  }
  return measured
}
