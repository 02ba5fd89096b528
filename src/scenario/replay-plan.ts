import { messagesPerDelivery, type PacePlan, type PhasePlan, type Plan } from '../model/plan.ts'

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
  const rate = messageRate(plan, perSecond)
  const durationMs = (count / rate) * 1000
  const replay = phaseOf('replay', { first: 0, count }, rate, durationMs, { envelope: 'replay', shuffleMs })
  const liveRate = messageRate(plan, livePerSecond)
  const messages = { first: count, count: Math.floor((liveRate * durationMs) / 1000) }
  const live = phaseOf('live', messages, liveRate, durationMs, { envelope: 'live', shuffleMs: 0 })
  const catchUpPerSecond = Math.max(2 * (perSecond + livePerSecond), plan.delivery.catchUpPerSecond)
  return {
    ...plan,
    scenario: 'replay',
    traffic: { ...plan.traffic, timeline },
    phases: messages.count > 0 ? [replay, live] : [replay],
    mainPhase: 0,
    warmUpMs: Math.min(5000, durationMs / 10),
    delivery: { ...plan.delivery, catchUpPerSecond },
  }
}

/** Messages of a namespace per second. */
function messageRate(plan: Plan, deliveriesPerSecond: number): number {
  return (deliveriesPerSecond * messagesPerDelivery(plan)) / plan.traffic.namespaces
}

function phaseOf(
  name: string,
  messages: PhasePlan['messages'],
  rate: number,
  durationMs: number,
  how: Pick<PhasePlan, 'envelope' | 'shuffleMs'>,
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
    ...how,
  }
}
