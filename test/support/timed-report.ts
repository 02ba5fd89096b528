import { LatencyHistogram } from '../../src/analysis/histogram.ts'
import { unit } from '../../src/model/hash.ts'
import type { LatencySummary, Report, SeriesRow } from '../../src/model/report.ts'

/** The report with a timeline of so many seconds, two phases, and latencies that have a shape. */
export function timed(report: Report, seconds: number): Report {
  const { counts } = report
  const [fromDue, fromSend] = [drawn(2), drawn(1)]
  const latencyMs = { ...report.latencyMs, fromDue, fromSend, toAcceptance: fromDue }
  const phase = (name: string, fromS: number, toS: number): Report['phases'][number] => ({
    name,
    fromS,
    toS,
    counts,
    latencyMs: { fromDue, fromSend },
  })
  return {
    ...report,
    latencyMs,
    series: Array.from({ length: seconds }, (_, atS) => row(atS, seconds)),
    phases: [phase('live', 0, seconds * 0.9), phase('history', seconds / 3, (seconds * 2) / 3)],
  }
}

function row(atS: number, seconds: number): SeriesRow {
  const busy = atS > seconds / 3 && atS < (seconds * 2) / 3
  const sent = (busy ? 1200 : 300) + Math.floor(unit(1, atS, 0) * 40)
  const [c5xx, failed] = [Math.floor(sent * 0.03), Math.floor(unit(2, atS, 0) * 9)]
  const p50Ms = 3 + unit(3, atS, 0) * (busy ? 9 : 2)
  return {
    atS,
    due: sent - c5xx,
    sent,
    acked: sent - c5xx - failed,
    c4xx: 0,
    c5xx,
    failed,
    inFlight: Math.floor(p50Ms * 3),
    p50Ms,
    p99Ms: p50Ms * 6,
    maxMs: p50Ms * 9,
    pumpLagMaxMs: unit(4, atS, 0) * 12,
    slotWaitMaxMs: 0,
    phase: busy ? 'live + history' : 'live',
  }
}

function drawn(leastMs: number): LatencySummary {
  const histogram = new LatencyHistogram()
  for (let i = 0; i < 20_000; i++) histogram.record(leastMs + 4 / (1.0002 - unit(5, i, 0)))
  return histogram.summary()
}
