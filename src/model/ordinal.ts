import { NAMESPACE_STRIDE } from './message.ts'
import type { Plan } from './plan.ts'

/** How many distinct messages a plan has, all namespaces together. */
export function messageCount(plan: Plan): number {
  return messagesPerNamespace(plan) * plan.traffic.namespaces
}

/** A message's place among all of the plan's, without gaps: what bit sets are numbered by. −1: the plan has no such message. */
export function ordinalOf(plan: Plan, index: number): number {
  const namespace = Math.floor(index / NAMESPACE_STRIDE)
  const n = index - namespace * NAMESPACE_STRIDE
  const per = messagesPerNamespace(plan)
  return namespace < plan.traffic.namespaces && n < per ? namespace * per + n : -1
}

/** The inverse of `ordinalOf`. */
export function indexAt(plan: Plan, ordinal: number): number {
  const per = messagesPerNamespace(plan)
  const namespace = Math.floor(ordinal / per)
  return namespace * NAMESPACE_STRIDE + (ordinal - namespace * per)
}

function messagesPerNamespace(plan: Plan): number {
  return plan.phases.reduce((sum, phase) => sum + phase.messages.count, 0)
}
