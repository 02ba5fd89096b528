import { describe, expect, it } from 'vitest'
import { k6SummaryReport } from '../../src/report/k6-summary-report.ts'
import { parseResult } from '../../src/report/parse-result.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'

const plan = testPlan({ phases: [livePhase(540, 54)], mainPhase: 0 })
const header = { ...testHeader(plan), engine: { name: 'k6' as const, version: 'unknown' } }
const LATENCY = { count: 500, min: 1, avg: 3, med: 2, 'p(90)': 5, 'p(95)': 6, 'p(99)': 9, 'p(99.9)': 12, max: 14 }
const COUNTS = {
  squall_acked: 480,
  squall_rejected: 5,
  squall_exhausted: 12,
  squall_ambiguous: 3,
  squall_class_2xx: 480,
  squall_class_4xx: 5,
  squall_class_5xx: 12,
  squall_class_timeout: 3,
  dropped_iterations: 40,
}

/** As a script hands it over, and as `--summary-export` writes it. */
const FORMS = {
  'a script’s': (thresholdOk: boolean) => ({
    metrics: {
      ...Object.fromEntries(Object.entries(COUNTS).map(([name, count]) => [name, { values: { count, rate: 1 } }])),
      squall_latency: { values: LATENCY, thresholds: { 'p(99)<500': { ok: thresholdOk } } },
    },
    state: { testRunDurationMs: 10_250 },
  }),
  'an exported': (thresholdOk: boolean) => ({
    metrics: {
      ...Object.fromEntries(Object.entries(COUNTS).map(([name, count]) => [name, { count, rate: 1 }])),
      squall_latency: { ...LATENCY, thresholds: { 'p(99)<500': !thresholdOk } },
    },
  }),
}

describe.each(Object.entries(FORMS))('of %s summary', (_name, form) => {
  const report = (ok = true) => k6SummaryReport(textOf(form(ok)), header.startedAtMs + 10_250)

  it('counts close, and what k6 dropped was not sent', () => {
    const { counts, classes, copies } = { ...report(), copies: report().counts.copies }
    expect(counts).toMatchObject({ planned: 540, sent: 500, notSent: 40, acked: 480, rejected: 5, exhausted: 12 })
    expect(counts.acked + counts.rejected + counts.exhausted + counts.ambiguous + counts.abandoned).toBe(counts.sent)
    expect(Object.values(classes).reduce((sum, n) => sum + n, 0)).toBe(counts.attempts)
    expect(copies.first + copies.duplicate + copies.replay).toBe(counts.planned)
  })

  it('a result is made that keeps its schema', () => {
    expect(parseResult(JSON.stringify(report()))).toEqual(report())
  })

  it('percentiles with fewer than ten samples beyond them are not told, nor what k6 cannot know', () => {
    const { fromDue, fromSend } = report().latencyMs
    expect(fromSend).toMatchObject({ count: 500, censored: 3, p50: 2, p90: 5, p95: 6, p99: null, p999: null, max: 14 })
    expect(fromDue).toMatchObject({ count: 0, p50: null, max: null })
    expect(report().generator).toMatchObject({
      timing: 'doubtful',
      reasons: [expect.any(String), 'k6 dropped 40 events'],
    })
  })

  it('each verdict that was asked for is not tested, and no verdict is made', () => {
    const ids = report().notTested.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([...header.asks.verdicts, 'counts.notSent', 'retries', 'series']))
    expect(report().verdicts).toEqual([])
  })

  it('a threshold that was crossed is exit 1 and a note', () => {
    expect([report(true).run.exitCode, report(false).run.exitCode]).toEqual([0, 1])
    expect(report(false).notes).toEqual([{ atS: 10.25, text: 'k6: squall_latency is not p(99)<500' }])
  })
})

describe('a summary that cannot be read', () => {
  it.each([
    ['nothing', /^it is not JSON, or was cut off: /],
    ['[]', /^it is no summary of k6: it has no metrics$/],
    ['{"metrics": {}}', /^its script was not ours, .* writes one that does$/],
    ['{"metrics": {}, "setup_data": {"squall": "{}"}}', /^it is no whole summary of k6: at plan: /],
    [
      '{"metrics": {"a": {"values": {"count": "x"}}}, "setup_data": {"squall": "{}"}}',
      /at metrics\.a\.values\.count: /,
    ],
  ])('%s is one line', (text, complaint) => {
    expect(() => k6SummaryReport(text, 0)).toThrow(complaint)
  })
})

function textOf(summary: object): string {
  return JSON.stringify({ ...summary, setup_data: { squall: JSON.stringify({ plan, header }) } })
}
