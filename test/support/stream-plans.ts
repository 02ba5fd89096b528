import { MIXES } from '../../src/model/mix.ts'
import type { Plan } from '../../src/model/plan.ts'
import { STREAM_LIMITS, type StreamPlan } from '../../src/model/stream.ts'
import { testPlan } from './plans.ts'

export const TEST_STREAM: StreamPlan = {
  endpoint: 'batch',
  paths: 'long',
  auth: 'header',
  integration: { name: 'a-tool', version: '1.0.0' },
  ownIdName: 'aToolId',
  gzip: false,
  batchBytesMax: STREAM_LIMITS.batchBytes,
  eventBytesMax: STREAM_LIMITS.eventBytes,
}

/** A Stream's plan: 1 000 messages at 500/s, of the mix that tools send, unless changed. */
export function streamTestPlan(
  changes: Partial<Plan> = {},
  stream: Partial<StreamPlan> = {},
): Plan & { readonly stream: StreamPlan } {
  const plan = testPlan({
    profile: 'stream',
    traffic: { mix: MIXES.stream!, people: 200, namespaces: 1 },
    ...changes,
  })
  return { ...plan, stream: { ...TEST_STREAM, ...stream } }
}
