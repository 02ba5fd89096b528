import type { LedgerPart, Recorded } from '../../src/analysis/recorded.ts'
import type { Delivery } from '../../src/model/delivery.ts'
import type { AttemptObservation, Observation } from '../../src/model/observation.ts'
import type { Plan } from '../../src/model/plan.ts'
import { listSchedule } from './list-schedule.ts'
import { livePhase, testHeader, testPlan } from './plans.ts'

/** An attempt that went well at once, unless changed. */
export function attemptOf(delivery: Delivery, changes: Partial<AttemptObservation> = {}): AttemptObservation {
  return {
    ...delivery,
    kind: 'attempt',
    attempt: 1,
    attemptDueMs: delivery.dueMs,
    slotWaitMs: 0,
    pumpLagMs: 0,
    latencyMs: 10,
    connectMs: -1,
    class: '2xx',
    status: 200,
    ambiguous: false,
    next: 'acked',
    retryAtMs: 0,
    ...changes,
  }
}

/** Deliveries of one lane, one message each, every `everyMs`. */
export function evenDeliveries(count: number, everyMs: number): Delivery[] {
  return Array.from({ length: count }, (_, seq) => ({
    lane: 0,
    seq,
    phase: 0,
    index: seq,
    size: 1,
    copy: 'first' as const,
    dueMs: seq * everyMs,
  }))
}

/** The whole record of a run by one writer that ended, unless told that it did not. */
export function recordedRun(
  deliveries: readonly Delivery[],
  observations: readonly Observation[],
  { plan: changes = {}, ended = true }: { readonly plan?: Partial<Plan>; readonly ended?: boolean } = {},
): Recorded {
  const messages = new Set(deliveries.map((one) => one.index)).size
  const spanMs = Math.max(1000, ...deliveries.map((one) => one.dueMs + 1))
  const plan = testPlan({ lanes: 1, phases: [livePhase(messages, (messages / spanMs) * 1000)], ...changes })
  const planned = { first: 0, duplicate: 0, replay: 0 }
  for (const { copy } of deliveries) planned[copy]++
  const end: Observation = { kind: 'end', atMs: 60_000, complete: true }
  return {
    plan,
    header: testHeader(plan, { planned }),
    schedule: listSchedule(plan.lanes, deliveries),
    parts: [partOf(ended ? [...observations, end] : observations)],
    messageIdAt: (index) => `message-${index}`,
  }
}

export function partOf(observations: readonly Observation[], id = 'w0', lanes: readonly number[] = [0]): LedgerPart {
  return (visit) => {
    for (const observation of observations) visit(observation)
    return { head: { writer: { id, lanes } }, torn: null }
  }
}
