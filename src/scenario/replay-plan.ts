import { messagesPerDelivery, ORDINARY, type PacePlan, type PhasePlan, type Plan } from '../model/plan.ts'

/** How an earlier run is replayed. */
export interface ReplayPace {
  /** Deliveries. */
  readonly perSecond: number
  /** Neighbours change places by up to so much. */
  readonly shuffleMs: number
  /** Deliveries of new messages beside it. 0, or absent: none. */
  readonly livePerSecond?: number
}

/** What an earlier plan sent, once more, each message once; and beside it as much live traffic of new messages as is asked for. */
export function replayPlan(plan: Plan, { perSecond, shuffleMs, livePerSecond = 0 }: ReplayPace): Plan {
  const timeline = plan.traffic.timeline ?? plan.phases
  const count = timeline.reduce((sum, { messages }) => sum + messages.count, 0)
  const replays = replayPhases(plan, timeline, { perSecond, shuffleMs })
  const last = replays.at(-1)!
  const durationMs = last.startMs + last.durationMs
  const liveRate = messageRate(plan, livePerSecond, plan.traffic.namespaces)
  const messages = { first: count, count: Math.floor((liveRate * durationMs) / 1000) }
  const live = phaseOf('live', messages, liveRate, durationMs, { envelope: 'live', shuffleMs: 0 })
  const catchUpPerSecond = Math.max(2 * (perSecond + livePerSecond), plan.delivery.catchUpPerSecond)
  return {
    ...plan,
    scenario: 'replay',
    traffic: { ...plan.traffic, timeline },
    phases: messages.count > 0 ? [...replays, live] : replays,
    mainPhase: 0,
    warmUpMs: Math.min(5000, durationMs / 10),
    delivery: { ...plan.delivery, catchUpPerSecond },
  }
}

/** One phase after the other, each with what the same customers sent; of most plans that is all. */
function replayPhases(
  plan: Plan,
  timeline: readonly PhasePlan[],
  { perSecond, shuffleMs }: Pick<ReplayPace, 'perSecond' | 'shuffleMs'>,
): PhasePlan[] {
  const phases: PhasePlan[] = []
  for (const { messages, customers } of bySenders(timeline)) {
    const { startMs, durationMs } = phases.at(-1) ?? { startMs: 0, durationMs: 0 }
    const rate = messageRate(plan, perSecond, customers?.length ?? plan.traffic.namespaces)
    const name = phases.length === 0 ? 'replay' : `replay-${phases.length + 1}`
    const how = {
      envelope: 'replay',
      shuffleMs,
      startMs: startMs + durationMs,
      ...(customers && { customers }),
    } as const
    phases.push(phaseOf(name, messages, rate, (messages.count / rate) * 1000, how))
  }
  return phases
}

/** Neighbouring phases of the same customers as one. */
function bySenders(timeline: readonly PhasePlan[]): Pick<PhasePlan, 'messages' | 'customers'>[] {
  const stretches: Pick<PhasePlan, 'messages' | 'customers'>[] = []
  for (const { messages, customers } of timeline) {
    const before = stretches.at(-1)
    const isSame = `${before?.customers}` === `${customers}`
    if (before && isSame) {
      const joined = { first: before.messages.first, count: before.messages.count + messages.count }
      stretches[stretches.length - 1] = { ...before, messages: joined }
    } else if (messages.count > 0 || timeline.length === 1) {
      stretches.push({ messages, ...(customers && { customers }) })
    }
  }
  return stretches
}

/** Messages of a namespace per second. */
function messageRate(plan: Plan, deliveriesPerSecond: number, namespaces: number): number {
  return (deliveriesPerSecond * messagesPerDelivery(plan)) / namespaces
}

function phaseOf(
  name: string,
  messages: PhasePlan['messages'],
  rate: number,
  durationMs: number,
  how: Pick<PhasePlan, 'envelope' | 'shuffleMs'> & Partial<PhasePlan>,
): PhasePlan {
  const pace: PacePlan = {
    arrivals: 'even',
    pieces: [{ fromMs: 0, toMs: durationMs, fromPerSecond: rate, toPerSecond: rate }],
  }
  return {
    name,
    startMs: 0,
    durationMs,
    pace,
    messages,
    again: { first: 0, count: 0 },
    historyMs: 0,
    copies: { duplicateShare: 0, lagMeanMs: 0, racingShare: 0 },
    ...ORDINARY,
    ...how,
  }
}
