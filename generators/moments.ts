import type { Plan } from '../src/model/plan.ts'
import type { RunHeader } from '../src/model/run-header.ts'
import type { Slot } from './blocks.ts'
import { dailyMomentMs } from './daily-rhythm.ts'
import { type PhaseSpan, phaseSpansOf, VISIT_MAX_MS } from './phase-spans.ts'
import { momentAtMs } from './schedule/pace.ts'

/** What of a person tells when that person's events happen. */
export interface Habits {
  /** From an event to its delivery, as long as nothing fails. The same in all phases, so that the order of one's events is kept. */
  readonly latencyMs: number
  /** From one step of a visit to the next, where visits have a time of their own. */
  readonly stepMs: number
  readonly utcOffsetMs: number
}

/** When the messages of a run happened. `n` is an index without its namespace. */
export class Moments {
  readonly spans: readonly PhaseSpan[]
  private readonly startedAtMs: number

  /** @param cycleLength messages in a turn of the mix */
  constructor(plan: Plan, header: Pick<RunHeader, 'startedAtMs' | 'replays'>, cycleLength: number) {
    this.spans = phaseSpansOf(plan.traffic.timeline ?? plan.phases, cycleLength)
    this.startedAtMs = header.replays?.startedAtMs ?? header.startedAtMs
  }

  /** The phase that is the first to send message n. @throws RangeError when the plan has no such message */
  spanOf(n: number): PhaseSpan {
    let place = this.spans.length - 1
    while (place > 0 && n < this.spans[place]!.first) place--
    const span = this.spans[place]
    if (span === undefined || n < span.first || n >= span.first + span.phase.messages.count) {
      throw new RangeError(`the plan has no message ${n}`)
    }
    return span
  }

  /**
   * The instant of an event in whole epoch milliseconds: in history where its phase replays history, else its person's latency
   * before its delivery is nominally due.
   *
   * @param startMs the instant at which the visit began
   */
  instantMs({ span, n, step }: Slot, habits: Habits, startMs: number): number {
    if (span.sparse) return startMs + step * habits.stepMs
    return this.momentMs(span, n, habits)
  }

  /** The instant at which a visit began. @param firstN its first message */
  startMs(span: PhaseSpan, firstN: number, habits: Habits): number {
    if (span.sparse) return this.visitMs(span, firstN, habits)
    return this.momentMs(span, firstN, habits)
  }

  private momentMs({ phase, first, gapMs }: PhaseSpan, n: number, { latencyMs }: Habits): number {
    const position = n - first
    const { startedAtMs } = this
    if (phase.historyMs > 0) return Math.floor(startedAtMs - phase.historyMs + gapMs * (position + 0.5))
    // What lies before the phase came at its mean rate.
    const intoMs = position < 0 ? position * gapMs : momentAtMs(phase.pace, position)
    return Math.floor(startedAtMs + phase.startMs + intoMs) - latencyMs
  }

  private visitMs(span: PhaseSpan, firstN: number, { utcOffsetMs }: Habits): number {
    const { historyMs, messages } = span.phase
    const share = (firstN - span.first + 0.5) / messages.count
    return dailyMomentMs(this.startedAtMs - historyMs, this.startedAtMs - VISIT_MAX_MS, share, utcOffsetMs)
  }
}
