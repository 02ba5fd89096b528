/** What a scenario asks for that names no verdicts. */
export const DEFAULT_VERDICTS: readonly string[] = [
  'no-loss',
  'no-phantom',
  'idempotent',
  'unaltered',
  'event-time',
  'accepts-valid',
]

/** The verdicts that can be asked for. */
export const VERDICTS: readonly string[] = [
  ...DEFAULT_VERDICTS,
  'order-independent',
  'retry-discipline',
  'recovers',
  'latency',
  'throughput',
  'server-errors',
  'success-rate',
]
