import type { PhasePlan, Plan } from './plan.ts'

/** How many messages of an earlier run a plan sends again, without namespaces. They are numbered first; what it sends of its own comes after. */
export function replayedCount({ traffic }: Pick<Plan, 'traffic'>): number {
  return (traffic.timeline ?? []).reduce((sum, { messages }) => sum + messages.count, 0)
}

/** The phases that send messages of the run's own beside those of the run that it replays. Of a plan that replays none: none. */
export function phasesBesideReplay(plan: Plan): readonly PhasePlan[] {
  if (plan.traffic.timeline === undefined) return []
  const replayed = replayedCount(plan)
  return plan.phases.filter(({ messages }) => messages.count > 0 && messages.first >= replayed)
}
