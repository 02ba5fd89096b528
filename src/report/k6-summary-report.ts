import { ARRIVAL_METRICS, SINGLE_ENDS, type SingleEnd } from '../model/arrival-run.ts'
import { OUTCOME_CLASSES, type OutcomeClass } from '../model/outcome.ts'
import { areaOf } from '../model/pace.ts'
import type { Counts, LatencySummary, Report, Spread } from '../model/report.ts'
import { type K6Summary, parseK6Summary } from './k6-summary.ts'
import { untoldByK6 } from './k6-untold.ts'

const UNKNOWN: Spread = { p50: null, p99: null, max: null }
const NO_LATENCY: LatencySummary = {
  count: 0,
  censored: 0,
  min: null,
  mean: null,
  p50: null,
  p90: null,
  p95: null,
  p99: null,
  p999: null,
  max: null,
  hdr: '',
}
/** So many samples lie beyond a percentile that is told. */
const BEYOND_MIN = 10

/**
 * What k6's own summary of an arrival rate amounts to. What it cannot say is null or stands under `notTested`.
 * @param writtenAtMs when the summary was written: the end of a run whose summary does not say how long it took
 * @throws ResultUnreadable in one line
 */
export function k6SummaryReport(text: string, writtenAtMs: number): Report {
  const summary = parseK6Summary(text)
  const { plan, header } = summary.run
  const counts = countsOf(summary)
  const classes = classesOf(summary)
  const latency = latencyOf(summary, classes.timeout)
  const durationMs = summary.durationMs ?? Math.max(0, writtenAtMs - header.startedAtMs)
  const [phase] = plan.phases
  const seconds = phase!.durationMs / 1000
  const latencyMs = { fromDue: NO_LATENCY, fromSend: latency }
  const crossed = summary.thresholds.filter((threshold) => threshold.crossed)
  const timed = `k6 has no due moments, so that nobody knows how late it sent`
  return {
    schema: 'squall/result@1',
    run: {
      id: header.id,
      seed: plan.seed,
      planHash: header.planHash,
      scenario: plan.scenario,
      profile: plan.profile,
      engine: header.engine,
      startedAt: new Date(header.startedAtMs).toISOString(),
      endedAt: new Date(header.startedAtMs + durationMs).toISOString(),
      exitCode: crossed.length > 0 ? 1 : 0,
    },
    target: header.target,
    counts,
    rate: {
      targetPerSecond: phase!.pace.pieces.reduce((sum, piece) => sum + areaOf(piece), 0) / seconds,
      achievedPerSecond: counts.sent / seconds,
      acceptedPerSecond: counts.acked / seconds,
    },
    successRatio: { firstAttempt: ratio(counts.acked, counts.sent), final: ratio(counts.acked, counts.sent) },
    latencyMs: { ...latencyMs, toAcceptance: NO_LATENCY, connect: NO_LATENCY },
    classes,
    statuses: {},
    serverErrorRatio: ratio(classes['5xx'], counts.sent),
    retries: {
      scheduled: 0,
      byAttempt: [{ attempt: 1, sent: counts.sent, acked: counts.acked }],
      recovered: 0,
      delayErrorMs: UNKNOWN,
      amplification: counts.sent === 0 ? null : 1,
    },
    recovery: null,
    series: [],
    phases: [{ name: phase!.name, fromS: 0, toS: seconds, counts, latencyMs }],
    connections: {
      opened: null,
      reused: null,
      closedByPeer: null,
      max: null,
      httpVersion: null,
      tls: null,
      tlsHandshakes: null,
      tlsResumed: null,
    },
    generator: {
      pumpLagMs: UNKNOWN,
      slotWaitMs: UNKNOWN,
      loopDelayMaxMs: null,
      cpuRatio: null,
      timing: 'doubtful',
      reasons: counts.notSent > 0 ? [timed, `k6 dropped ${counts.notSent} events`] : [timed],
    },
    audit: noAudit(counts),
    verdicts: [],
    notTested: untoldByK6(header.asks, counts),
    environment: header.environment,
    notes: crossed.map(({ metric, text: rule }) => ({ atS: durationMs / 1000, text: `k6: ${metric} is not ${rule}` })),
    answers: [],
  }
}

function countsOf(summary: K6Summary): Counts {
  const ends = Object.fromEntries(
    SINGLE_ENDS.map((end) => [end, countOf(summary, ARRIVAL_METRICS.end(end))]),
  ) as Record<SingleEnd, number>
  const sent = SINGLE_ENDS.reduce((sum, end) => sum + ends[end], 0)
  const notSent = countOf(summary, 'dropped_iterations')
  const planned = sent + notSent
  return {
    planned,
    sent,
    notSent,
    ...ends,
    abandoned: 0,
    attempts: sent,
    messages: sent,
    copies: { first: planned, duplicate: 0, replay: 0 },
  }
}

function classesOf(summary: K6Summary): Record<OutcomeClass, number> {
  const counted = OUTCOME_CLASSES.map((name) => [name, countOf(summary, ARRIVAL_METRICS.outcomeClass(name))])
  return Object.fromEntries(counted)
}

function countOf(summary: K6Summary, metric: string): number {
  return summary.valuesOf(metric).count ?? 0
}

function latencyOf(summary: K6Summary, censored: number): LatencySummary {
  const values = summary.valuesOf(ARRIVAL_METRICS.latency)
  const { count = 0, min = null, avg = null, max = null } = values
  const percentile = (name: string, share: number): number | null =>
    count * (1 - share) >= BEYOND_MIN ? (values[name] ?? null) : null
  return {
    count,
    censored,
    ...(count === 0 ? { min: null, mean: null, max: null } : { min, mean: avg, max }),
    p50: percentile('med', 0.5),
    p90: percentile('p(90)', 0.9),
    p95: percentile('p(95)', 0.95),
    p99: percentile('p(99)', 0.99),
    p999: percentile('p(99.9)', 0.999),
    hdr: '',
  }
}

function noAudit({ acked: expected }: Counts): Report['audit'] {
  return {
    source: 'none',
    expected,
    found: null,
    lost: null,
    phantom: null,
    duplicated: null,
    altered: null,
    misdated: null,
    mayFound: null,
    mayAbsent: null,
    rejectedFound: null,
    lostRatioBound95: null,
    visibleMs: { p50: null, p99: null },
    clockOffsetMs: null,
  }
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
