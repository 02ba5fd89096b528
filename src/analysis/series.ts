import type { AttemptObservation } from '../model/observation.ts'
import type { Plan } from '../model/plan.ts'
import type { SeriesRow } from '../model/report.ts'
import { LatencyHistogram } from './histogram.ts'
import type { AttemptTimes } from './moments.ts'

const ROWS_MAX = 3600

interface Step {
  due: number
  sent: number
  done: number
  acked: number
  c4xx: number
  c5xx: number
  failed: number
  pumpLagMaxMs: number
  slotWaitMaxMs: number
  /** From due. Two digits are enough for a curve, and an hour of them fits. */
  readonly latency: LatencyHistogram
}

/**
 * A run by the second, or by 2, 4, 8… seconds where it is long. What is due stands at its due moment, what is sent at its dispatch, what is
 * answered at its outcome. Percentiles are those of the step, however few it holds.
 */
export class Series {
  #stepS = 1
  #steps: (Step | undefined)[] = []

  due(dueMs: number): void {
    this.#at(dueMs).due++
  }

  attempt(o: AttemptObservation, times: AttemptTimes): void {
    const sent = this.#at(times.dispatchMs)
    sent.sent++
    sent.pumpLagMaxMs = Math.max(sent.pumpLagMaxMs, o.pumpLagMs)
    sent.slotWaitMaxMs = Math.max(sent.slotWaitMaxMs, o.slotWaitMs)
    const done = this.#at(times.outcomeMs)
    done.done++
    if (o.next === 'acked') done.acked++
    if (o.class === '4xx') done.c4xx++
    if (o.class === '5xx') done.c5xx++
    if (o.answerLost) return
    if (o.status === 0) done.failed++
    done.latency.record(times.fromDueMs)
  }

  rows(plan: Plan): SeriesRow[] {
    let inFlight = 0
    return Array.from(this.#steps, (held, i) => {
      const step = held ?? emptyStep()
      inFlight += step.sent - step.done
      return row(step, i * this.#stepS, inFlight, phaseNames(plan, i * this.#stepS, (i + 1) * this.#stepS))
    })
  }

  #at(ms: number): Step {
    let i = Math.floor(Math.max(0, ms) / 1000 / this.#stepS)
    while (i >= ROWS_MAX) {
      this.#widen()
      i = Math.floor(Math.max(0, ms) / 1000 / this.#stepS)
    }
    let step = this.#steps[i]
    if (step === undefined) this.#steps[i] = step = emptyStep()
    return step
  }

  #widen(): void {
    const narrow = this.#steps
    this.#stepS *= 2
    this.#steps = []
    for (const [i, step] of narrow.entries()) {
      const wide = this.#steps[i >>> 1]
      if (step === undefined) continue
      if (wide === undefined) this.#steps[i >>> 1] = step
      else merge(wide, step)
    }
  }
}

function row(step: Step, atS: number, inFlight: number, phase: string): SeriesRow {
  const { due, sent, acked, c4xx, c5xx, failed, latency } = step
  return {
    atS,
    due,
    sent,
    acked,
    c4xx,
    c5xx,
    failed,
    inFlight,
    p50Ms: latency.quantile(500),
    p99Ms: latency.quantile(990),
    maxMs: latency.maxMs,
    pumpLagMaxMs: sent === 0 ? null : microseconds(step.pumpLagMaxMs),
    slotWaitMaxMs: sent === 0 ? null : microseconds(step.slotWaitMaxMs),
    phase,
  }
}

function emptyStep(): Step {
  const zeros = { due: 0, sent: 0, done: 0, acked: 0, c4xx: 0, c5xx: 0, failed: 0, pumpLagMaxMs: 0, slotWaitMaxMs: 0 }
  return { ...zeros, latency: new LatencyHistogram(2) }
}

function merge(into: Step, from: Step): void {
  for (const field of ['due', 'sent', 'done', 'acked', 'c4xx', 'c5xx', 'failed'] as const) into[field] += from[field]
  into.pumpLagMaxMs = Math.max(into.pumpLagMaxMs, from.pumpLagMaxMs)
  into.slotWaitMaxMs = Math.max(into.slotWaitMaxMs, from.slotWaitMaxMs)
  into.latency.add(from.latency)
}

/** The phases that a stretch of time touches; after the last of them, `drain`. */
function phaseNames(plan: Plan, fromS: number, toS: number): string {
  const here = plan.phases.filter(
    ({ startMs, durationMs }) => startMs < toS * 1000 && startMs + durationMs > fromS * 1000,
  )
  const over = plan.phases.every(({ startMs, durationMs }) => startMs + durationMs <= fromS * 1000)
  return over ? 'drain' : here.map((phase) => phase.name).join(' + ')
}

function microseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
