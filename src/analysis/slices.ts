import type { AttemptObservation } from '../model/observation.ts'
import type { LatencySlice } from '../model/pace-facts.ts'
import type { PacePiece, PhasePlan, Plan } from '../model/plan.ts'
import { LatencyHistogram } from './histogram.ts'
import type { AttemptTimes } from './moments.ts'

const SLICES = 24
/** Fewer say nothing of their slice. */
const SAMPLES_MIN = 10
/** So near to the usual load the load of a slice must be. */
const LOAD_LEEWAY = 0.1

/** The main phase in slices of equal length: how long accepted attempts took in each. */
export class SliceTally {
  readonly #plan: Plan
  readonly #fromMs: number
  readonly #widthMs: number
  readonly #latencies: readonly LatencyHistogram[] = Array.from({ length: SLICES }, () => new LatencyHistogram(2))

  constructor(plan: Plan) {
    const { startMs, durationMs } = plan.phases[plan.mainPhase]!
    this.#plan = plan
    this.#fromMs = startMs + plan.warmUpMs
    this.#widthMs = Math.max(1, durationMs - plan.warmUpMs) / SLICES
  }

  attempt(o: AttemptObservation, { fromSendMs }: AttemptTimes): void {
    if (o.next !== 'acked' || o.phase !== this.#plan.mainPhase) return
    this.#latencies[Math.floor((o.attemptDueMs - this.#fromMs) / this.#widthMs)]?.record(fromSendMs + o.slotWaitMs)
  }

  /** Those with samples enough, where the load was as usual. */
  facts(): LatencySlice[] {
    const loads = this.#latencies.map((_, i) => this.#load(i))
    const usual = loads.toSorted((a, b) => a - b)[SLICES / 2]!
    return this.#latencies.flatMap((latencies, i) => {
      const isUsual = Math.abs(loads[i]! - usual) <= usual * LOAD_LEEWAY
      if (!isUsual || latencies.count < SAMPLES_MIN) return []
      return [{ atS: (this.#fromMs + (i + 0.5) * this.#widthMs) / 1000, medianMs: latencies.quantile(500)! }]
    })
  }

  #load(slice: number): number {
    const fromMs = this.#fromMs + slice * this.#widthMs
    return this.#plan.phases.reduce((sum, phase) => sum + plannedBetween(phase, fromMs, fromMs + this.#widthMs), 0)
  }
}

/** First copies that a phase's curve asks for in a stretch of the run. */
function plannedBetween({ startMs, pace }: PhasePlan, fromMs: number, toMs: number): number {
  return pace.pieces.reduce((sum, piece) => {
    const from = Math.max(piece.fromMs, fromMs - startMs)
    const to = Math.min(piece.toMs, toMs - startMs)
    return from < to ? sum + ((rateAt(piece, from) + rateAt(piece, to)) * (to - from)) / 2000 : sum
  }, 0)
}

function rateAt({ fromMs, toMs, fromPerSecond, toPerSecond }: PacePiece, ms: number): number {
  return fromPerSecond + ((toPerSecond - fromPerSecond) * (ms - fromMs)) / (toMs - fromMs)
}
