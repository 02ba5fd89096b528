import { decide, type Outcome, type Plan } from '../index.ts'

/** What the sender does next, and why. */
export interface SegmentReaction {
  /** Whose retry policy it is: Segment, or the library that a Stream partner sends with. */
  readonly who: string
  readonly does: 'accept' | 'retry' | 'discard'
  readonly why: string
  /** Until the next attempt, about; null: there is none. */
  readonly retryInS: number | null
}

/** What follows from the outcome of a first attempt. */
export function segmentReaction(plan: Plan, outcome: Outcome): SegmentReaction {
  const { next, waitMs } = decide(plan.retry, outcome, { attempts: 1, elapsedMs: 0, delaysMs: 0 }, 0.5)
  const who = plan.retry.library ?? 'Segment'
  const what = outcome.status === 0 ? 'no answer that counts' : `status ${outcome.status}`
  if (next === 'acked') return { who, does: 'accept', why: `${what} means that the event is delivered`, retryInS: null }
  if (next === 'rejected')
    return { who, does: 'discard', why: `${what} means that the event never will be taken`, retryInS: null }
  const stored = outcome.ambiguous ? '; the event may be stored all the same, and must not count twice then' : ''
  const retries = `${plan.retry.retriesMax} more times within ${plan.retry.windowMs / 3_600_000} hours`
  const why = `${what} means trouble that may pass: it is tried up to ${retries}${stored}`
  return { who, does: 'retry', why, retryInS: Math.round(waitMs / 1000) }
}
