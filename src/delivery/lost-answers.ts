import { unit } from '../model/hash.ts'
import type { Plan } from '../model/plan.ts'
import type { OutgoingRequest } from '../model/world.ts'
import type { Life } from './life.ts'

const LOSS_DRAW = 0x105e

/**
 * The request of an attempt, whose answer may be one that is to be lost on purpose: drawn for each attempt, and only where a retry is sure to
 * follow, so that squall alone never ends a delivery.
 */
export function orLosing(request: OutgoingRequest, life: Life, { seed, delivery, retry }: Plan): OutgoingRequest {
  const share = delivery.lostAnswerShare ?? 0
  if (share === 0 || retry.policy === 'none' || life.attempts > retry.retriesMax) return request
  const { index, seq } = life.delivery
  const waitedMs = Math.max(life.delaysMs, life.dispatchMs - life.firstDispatchMs) + delivery.timeoutMs
  const isLost = waitedMs < retry.windowMs && unit(seed ^ LOSS_DRAW, index, seq, life.attempts) < share
  return isLost ? { ...request, loseAnswer: true } : request
}
