import type { AttemptObservation } from '../model/observation.ts'
import { OUTCOME_CLASSES, type OutcomeClass } from '../model/outcome.ts'
import type { LatencySummary, Summary } from '../model/report.ts'
import { LatencyHistogram } from './histogram.ts'
import type { AttemptTimes } from './moments.ts'

interface Cell {
  readonly fromDue: LatencyHistogram
  readonly fromSend: LatencyHistogram
}

type Side = keyof Cell

/** Latencies of timed attempts by phase and class; everything wider is added up from these at the end. */
export class LatencyTally {
  readonly #phases: Map<OutcomeClass, Cell>[]
  readonly #toAcceptance = new LatencyHistogram()
  readonly #connect = new LatencyHistogram()

  constructor(phases: number) {
    this.#phases = Array.from({ length: phases }, () => new Map())
  }

  /** The phase is one of those announced. */
  attempt(o: AttemptObservation, times: AttemptTimes): void {
    if (o.connectMs >= 0) this.#connect.record(o.connectMs)
    if (!times.timed || o.answerLost) return
    const cell = this.#cell(o.phase, o.class)
    cell.fromDue.record(times.fromDueMs, times.censored)
    cell.fromSend.record(times.fromSendMs, times.censored)
    if (o.next === 'acked') this.#toAcceptance.record(times.outcomeMs - o.dueMs)
  }

  phase(phase: number): { readonly fromDue: LatencySummary; readonly fromSend: LatencySummary } {
    const cells = [...this.#phases[phase]!.values()]
    return { fromDue: sum(cells, 'fromDue').summary(), fromSend: sum(cells, 'fromSend').summary() }
  }

  summary(): Summary['latencyMs'] {
    return {
      fromDue: this.#side('fromDue'),
      fromSend: this.#side('fromSend'),
      toAcceptance: this.#toAcceptance.summary(),
      connect: this.#connect.summary(),
    }
  }

  #side(side: Side): LatencySummary {
    const all = this.#phases.flatMap((cells) => [...cells.values()])
    const byClass: Partial<Record<OutcomeClass, LatencySummary>> = {}
    for (const outcomeClass of OUTCOME_CLASSES) {
      const cells = this.#phases.flatMap((phase) => phase.get(outcomeClass) ?? [])
      if (cells.length > 0) byClass[outcomeClass] = sum(cells, side).summary()
    }
    return { ...sum(all, side).summary(), byClass }
  }

  #cell(phase: number, outcomeClass: OutcomeClass): Cell {
    const cells = this.#phases[phase]!
    let cell = cells.get(outcomeClass)
    if (cell === undefined) {
      cell = { fromDue: new LatencyHistogram(), fromSend: new LatencyHistogram() }
      cells.set(outcomeClass, cell)
    }
    return cell
  }
}

function sum(cells: readonly Cell[], side: Side): LatencyHistogram {
  const whole = new LatencyHistogram()
  for (const cell of cells) whole.add(cell[side])
  return whole
}
