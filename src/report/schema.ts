import { z } from 'zod'
import { OUTCOME_CLASSES } from '../model/outcome.ts'
import type {
  AuditSummary,
  Counts,
  LatencySummary,
  RecoverySummary,
  Report,
  SeriesRow,
  Spread,
} from '../model/report.ts'

/** A schema for each field of T, none forgotten and none of another type. */
type Fields<T> = { readonly [K in keyof Required<T>]: z.ZodType<T[K]> }

const count = z.int().nonnegative()
const number = z.number()
const known = number.nullable()
const outcomeClass = z.enum(OUTCOME_CLASSES)

const counts = z.object({
  planned: count.describe('deliveries of the whole plan: sent + notSent'),
  sent: count.describe('acked + rejected + exhausted + ambiguous + abandoned'),
  notSent: count,
  acked: count,
  rejected: count.describe('ended by a status that ends retries'),
  rejectedAsExpected: count.describe('those of rejected that a sound receiver rejects').exactOptional(),
  exhausted: count.describe('no retries left, nothing can have been stored'),
  ambiguous: count.describe('may have been stored, and nothing said so'),
  abandoned: count.describe('squall stopped with retries left'),
  attempts: count,
  messages: count.describe('distinct messageIds sent'),
  copies: z.object({ first: count, duplicate: count, replay: count }),
} satisfies Fields<Counts>)

const latency = z.object({
  count,
  censored: count.describe('timeouts, counted at their deadline'),
  min: known,
  mean: known,
  p50: known,
  p90: known,
  p95: known,
  p99: known,
  p999: known,
  max: known,
  hdr: z.string().describe('HdrHistogram V2 in microseconds, compressed, base64'),
} satisfies Fields<Omit<LatencySummary, 'byClass'>>)

const latencyByClass = latency.extend({ byClass: z.partialRecord(outcomeClass, latency).exactOptional() })
const spread = z.object({ p50: known, p99: known, max: known } satisfies Fields<Spread>)

const classes = z.object({
  '2xx': count,
  '3xx': count,
  '4xx': count,
  '5xx': count,
  timeout: count,
  refused: count,
  reset: count,
  tls: count,
  dns: count,
  malformed: count,
  local: count.describe('trouble of the machine that squall ran on'),
} satisfies Fields<Report['classes']>)

const seriesRow = z.object({
  atS: number,
  due: count,
  sent: count,
  acked: count,
  c4xx: count,
  c5xx: count,
  failed: count.describe('attempts without a final status'),
  inFlight: z.int(),
  p50Ms: known,
  p99Ms: known,
  maxMs: known,
  pumpLagMaxMs: known,
  slotWaitMaxMs: known,
  phase: z.string(),
} satisfies Fields<SeriesRow>)

const recovery = z.object({
  fromS: number.describe('when the last stretch of trouble began'),
  causeEndS: known.describe('answers were good again, or the load was back below where it began'),
  wellAtS: known.describe('from when on all was as before; null: not within the run'),
  tookS: known.describe('from the cause’s end'),
  watchedS: number.describe('how long it was watched after the load was gone'),
} satisfies Fields<RecoverySummary>)

const shape = z.object({
  schema: z.literal('squall/result@1'),
  run: z.object({
    id: z.string(),
    seed: count,
    planHash: z.string(),
    scenario: z.string(),
    profile: z.string(),
    engine: z.object({ name: z.enum(['node', 'k6']), version: z.string() }),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    exitCode: count,
  } satisfies Fields<Report['run']>),
  target: z.object({ url: z.string() }),
  counts,
  rate: z.object({
    targetPerSecond: number,
    achievedPerSecond: number,
    acceptedPerSecond: number.describe('by attempts that left while the phases lasted'),
  } satisfies Fields<Report['rate']>),
  successRatio: z.object({ firstAttempt: known, final: known }),
  latencyMs: z.object({
    fromDue: latencyByClass,
    fromSend: latencyByClass,
    toAcceptance: latencyByClass,
    connect: latencyByClass,
  } satisfies Fields<Report['latencyMs']>),
  classes,
  statuses: z.record(z.string(), count),
  serverErrorRatio: known,
  retries: z.object({
    scheduled: count,
    byAttempt: z.array(z.object({ attempt: count, sent: count, acked: count })),
    recovered: count.describe('deliveries acked at a retry'),
    delayErrorMs: spread.describe('actual less scheduled'),
    amplification: known.describe('attempts for each delivery sent'),
  } satisfies Fields<Report['retries']>),
  recovery: recovery.nullable().describe('null: nothing went wrong for long enough to be seen'),
  series: z.array(seriesRow).max(3600),
  phases: z.array(
    z.object({
      name: z.string(),
      fromS: number,
      toS: number,
      counts,
      latencyMs: z.object({ fromDue: latencyByClass, fromSend: latencyByClass }),
    } satisfies Fields<Report['phases'][number]>),
  ),
  connections: z.object({
    opened: known,
    reused: known,
    closedByPeer: known,
    max: known,
    httpVersion: z.string().nullable(),
    tls: z.string().nullable(),
    tlsHandshakes: known,
    tlsResumed: known.describe('handshakes that resumed a session'),
  } satisfies Fields<Report['connections']>),
  generator: z.object({
    pumpLagMs: spread,
    slotWaitMs: spread,
    loopDelayMaxMs: known,
    cpuRatio: known,
    timing: z.enum(['sound', 'doubtful']),
    reasons: z.array(z.string()),
  } satisfies Fields<Report['generator']>),
  audit: z.object({
    source: z.enum(['none', 'http', 'file', 'command', 'sqlite', 'postgres']),
    expected: count,
    found: known,
    lost: known,
    discarded: count.describe('absent, and the receiver says that it discarded them').exactOptional(),
    phantom: known,
    duplicated: known,
    altered: known,
    misdated: known,
    mayFound: known,
    mayAbsent: known,
    rejectedFound: known,
    unwelcome: count.describe('messages sent that a sound receiver refuses').exactOptional(),
    unwelcomeFound: known.exactOptional(),
    lostRatioBound95: known,
    visibleMs: z.object({ p50: known, p99: known }),
    clockOffsetMs: known,
  } satisfies Fields<AuditSummary>),
  verdicts: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      status: z.enum(['pass', 'fail', 'unknown']),
      claim: z.string(),
      evidence: z.record(z.string(), z.unknown()),
      fix: z.string(),
    } satisfies Fields<Report['verdicts'][number]>),
  ),
  notTested: z.array(z.object({ id: z.string(), reason: z.string() })),
  environment: z.object({
    squall: z.string(),
    runtime: z.string(),
    platform: z.string(),
    cpus: number,
    memoryMb: number,
  } satisfies Fields<Report['environment']>),
  notes: z.array(z.object({ atS: number, text: z.string() })),
  answers: z.array(
    z.object({
      atS: number,
      messageId: z.string(),
      attempt: count,
      class: outcomeClass,
      status: count,
      text: z.string(),
      expected: z.literal(true).describe('what was sent is to be refused so').exactOptional(),
    } satisfies Fields<Report['answers'][number]>),
  ),
} satisfies Fields<Report>)

/** Checks that something is a report. */
export const resultSchema: z.ZodType<Report> = shape

/** The JSON Schema of `result.json`. It lets later additions pass. */
export function resultJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(shape, { io: 'input' })
  return { $schema, title: 'squall/result@1', ...rest }
}
