import type { AttemptObservation } from '../model/observation.ts'
import type { Plan } from '../model/plan.ts'

/** An attempt's times as they count: a timeout ends at its deadline, whenever squall came to look. */
export interface AttemptTimes {
  readonly dispatchMs: number
  readonly outcomeMs: number
  readonly fromDueMs: number
  readonly fromSendMs: number
  /** The true latency is longer. */
  readonly censored: boolean
  /** Not of the warm-up. */
  readonly timed: boolean
}

export function attemptTimes(plan: Plan, o: AttemptObservation): AttemptTimes {
  const waitMs = o.slotWaitMs + o.pumpLagMs
  const censored = o.class === 'timeout'
  const fromSendMs = censored ? plan.delivery.timeoutMs : o.latencyMs
  const dispatchMs = o.attemptDueMs + waitMs
  const outcomeMs = dispatchMs + o.latencyMs
  return {
    dispatchMs,
    outcomeMs,
    fromDueMs: waitMs + fromSendMs,
    fromSendMs,
    censored,
    timed: !isWarmUp(plan, o.dueMs),
  }
}

/** Whether a delivery was first due while the main phase warmed up. */
function isWarmUp(plan: Plan, dueMs: number): boolean {
  const startMs = plan.phases[plan.mainPhase]?.startMs ?? 0
  return dueMs >= startMs && dueMs < startMs + plan.warmUpMs
}
