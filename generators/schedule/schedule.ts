import type { CopyCounts, Schedule } from '../../src/model/delivery.ts'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import type { Plan } from '../../src/model/plan.ts'
import { extraLagMsOf } from './draws.ts'
import { laneOf, streamsOf } from './lane.ts'
import { type Stretch, stretchesOf } from './stretch.ts'

/** The deliveries of a plan. `endMs` is exact, and computed when it is first asked for. */
export function scheduleOf(plan: Plan): Schedule {
  let endMs: number | undefined
  return {
    lanes: plan.lanes,
    lane: (lane) => laneOf(plan, lane),
    get endMs(): number {
      endMs ??= lastDueMs(plan)
      return endMs
    },
  }
}

/** How many deliveries of each kind a plan has. Takes time with the number of messages where copies are drawn. */
export function copyCountsOf(plan: Plan): CopyCounts {
  const counts = { first: 0, duplicate: 0, replay: 0 }
  for (const stretch of stretchesOf(plan)) {
    counts[stretch.copy] += stretch.messages.count * plan.traffic.namespaces
    counts[stretch.extraCopy] += extraCopiesIn(plan, stretch)
  }
  return counts
}

function extraCopiesIn(plan: Plan, { phase, messages }: Stretch): number {
  const { duplicateShare, racingShare } = plan.phases[phase]!.copies
  if (duplicateShare + racingShare === 0) return 0
  let extra = 0
  for (let namespace = 0; namespace < plan.traffic.namespaces; namespace++) {
    const first = namespace * NAMESPACE_STRIDE + messages.first
    for (let index = first; index < first + messages.count; index++) {
      if (extraLagMsOf(plan.seed, index, phase, plan.phases[phase]!) !== undefined) extra++
    }
  }
  return extra
}

/** Walks back from each stream's end for as long as an earlier message could still be delivered later than the latest one seen. */
function lastDueMs(plan: Plan): number {
  let lastMs = 0
  for (let lane = 0; lane < plan.lanes; lane++) {
    for (const stream of streamsOf(plan, lane)) {
      for (let n = stream.lastN; n >= stream.firstN && stream.ceilingMs(n) > lastMs; n -= stream.step) {
        stream.visit(n, ({ dueMs }) => {
          if (dueMs > lastMs) lastMs = dueMs
        })
      }
    }
  }
  return lastMs
}
