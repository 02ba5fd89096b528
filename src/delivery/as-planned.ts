import { messagesPerDelivery, type PhasePlan, type Plan } from '../model/plan.ts'
import type { Snapshot } from '../model/snapshot.ts'

/** What a plan has in mind for a moment of the run. */
export function asPlanned(plan: Plan, atMs: number): Pick<Snapshot, 'targetPerSecond' | 'phase'> {
  const firstCopiesPerSecond = plan.phases.reduce((sum, phase) => sum + rateAt(phase, atMs - phase.startMs), 0)
  return { targetPerSecond: firstCopiesPerSecond / messagesPerDelivery(plan), phase: phaseAt(plan, atMs) }
}

/** @param atMs since the phase's start */
function rateAt({ pace }: PhasePlan, atMs: number): number {
  const piece = pace.pieces.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)
  if (piece === undefined) return 0
  const { fromMs, toMs, fromPerSecond, toPerSecond } = piece
  return fromPerSecond + ((toPerSecond - fromPerSecond) * (atMs - fromMs)) / (toMs - fromMs)
}

/** The phase that began last. */
function phaseAt(plan: Plan, atMs: number): string {
  const begun = plan.phases.filter((phase) => phase.startMs <= atMs)
  return begun.at(-1)?.name ?? plan.phases[0]?.name ?? ''
}
