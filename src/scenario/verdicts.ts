/** What a scenario asks for that names no verdicts. */
export const DEFAULT_VERDICTS: readonly string[] = [
  'no-loss',
  'no-phantom',
  'idempotent',
  'unaltered',
  'event-time',
  'accepts-valid',
]

/** What a Stream's scenario asks for that names no verdicts. */
export const STREAM_VERDICTS: readonly string[] = [
  'no-loss',
  'no-phantom',
  'idempotent',
  'unaltered',
  'event-time',
  'stream-rate',
  'stream-spec',
  'stream-discards',
]

/** The verdicts that can be asked for. */
export const VERDICTS: readonly string[] = [
  ...DEFAULT_VERDICTS,
  'tolerant',
  'rejects-invalid',
  'authenticates',
  'verifies-signature',
  'https',
  'order-independent',
  'deletes',
  'understood',
  'no-side-effects',
  'retry-discipline',
  'rate-limits',
  'recovers',
  'steady',
  'live-under-replay',
  'replay-burst',
  'visible-in-time',
  'latency',
  'throughput',
  'server-errors',
  'success-rate',
  'stream-rate',
  'stream-spec',
  'stream-discards',
]
