import type { Evidence } from '../../model/evidence.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { Check } from './check.ts'
import { joined } from './joined-rulings.ts'
import { ruleOnLimit } from './limit-ruling.ts'
import { noObjective } from './no-objective.ts'

const NAMED = { id: 'latency', title: 'Latency keeps its objective' }

/**
 * Each stated percentile stays within its limit. Squall's own lateness can keep this from a pass, never make it fail: what fails is what the
 * target alone did, waits for its slots included.
 */
export const latency: Check = { ...NAMED, judge }

function judge({ limits, header, summary }: Evidence): Verdict {
  if (limits.length === 0) return noObjective(NAMED)
  const rulings = header.asks.objectives.latency.map((objective, i) => ruleOnLimit(summary, objective, limits[i]!))
  return joined(NAMED, rulings, { objectives: rulings.map(({ facts }) => facts) })
}
