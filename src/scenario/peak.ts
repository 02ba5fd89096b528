import { namespacesOf } from '../model/customers.ts'
import { messagesPerDelivery, type Plan } from '../model/plan.ts'

/** The most deliveries per second that are due at any moment, all phases together; before shuffles and lags move them. Batches count as full. */
export function peakDeliveriesPerSecond(plan: Paced): number {
  let peak = 0
  for (const { startMs, pace } of plan.phases) {
    for (const { fromMs, toMs } of pace.pieces) {
      peak = Math.max(peak, rateAt(plan, startMs + fromMs, 'after'), rateAt(plan, startMs + toMs, 'before'))
    }
  }
  return peak / messagesPerDelivery(plan)
}

/** As much of a Plan as its rates hang on. */
interface Paced extends Pick<Plan, 'phases' | 'traffic'> {
  readonly delivery: Pick<Plan['delivery'], 'batchSize'>
}

/** The sum of the rates just after or just before a moment: at a step they differ. */
function rateAt(plan: Paced, atMs: number, side: 'before' | 'after'): number {
  let sum = 0
  for (const phase of plan.phases) {
    const { startMs, pace, copies } = phase
    const perMessage = (1 + copies.duplicateShare + copies.racingShare) * namespacesOf(plan, phase).length
    for (const { fromMs, toMs, fromPerSecond, toPerSecond } of pace.pieces) {
      const part = (atMs - startMs - fromMs) / (toMs - fromMs)
      const inside = side === 'after' ? part >= 0 && part < 1 : part > 0 && part <= 1
      if (inside) sum += (fromPerSecond + (toPerSecond - fromPerSecond) * part) * perMessage
    }
  }
  return sum
}
