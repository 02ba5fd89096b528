import type { PhasePlan, Plan } from './plan.ts'

/**
 * When the key that expires must have done so, in milliseconds after the run's start: after the phases that show it while it is good, before those
 * that show it in vain. Undefined: no phase shows it.
 */
export function keyExpiryMs({ phases }: Pick<Plan, 'phases'>): number | undefined {
  const showing = phases.filter(({ credentials }) => credentials === 'expired')
  if (showing.length === 0) return undefined
  const good = showing.filter(({ expects }) => expects === 'accepted').map(endMs)
  const vain = showing.filter(({ expects }) => expects === 'refused').map(({ startMs }) => startMs)
  if (good.length === 0) return 0
  const lastMs = Math.max(...good)
  return vain.length === 0 ? lastMs + GRACE_MS : (lastMs + Math.max(lastMs, Math.min(...vain))) / 2
}

const GRACE_MS = 60_000

function endMs({ startMs, durationMs }: PhasePlan): number {
  return startMs + durationMs
}
