import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { reportAssets } from '../../src/adapters/report-assets.ts'
import type { ShownCredentials } from '../../src/model/plan.ts'
import { curlText } from '../../src/report/html/curl.ts'
import { repeatableRequest } from '../../src/report/html/repeatable-request.ts'
import { reportHtml } from '../../src/report/html/report-html.ts'
import { spectrumOf } from '../../src/report/html/spectrum.ts'
import { timelineOf } from '../../src/report/html/timeline.ts'
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts'
import { testPlan } from '../support/plans.ts'
import { failingReport, latency, soundReport } from '../support/reports.ts'
import { timed } from '../support/timed-report.ts'

const assets = reportAssets()
const HOUR_S = 3600

describe('report.html', () => {
  test('of an hour is at most 400 KB', () => {
    const page = reportHtml(timed(failingReport(), HOUR_S), assets)
    expect(page.length).toBeGreaterThan(100_000)
    expect(new TextEncoder().encode(page).length).toBeLessThanOrEqual(400_000)
  })

  test('is the same bytes for the same report', () => {
    const again = (): string => reportHtml(timed(failingReport(), 100), reportAssets())
    expect(again()).toBe(again())
  })

  test('lets nothing run or apply but its own script and style', () => {
    const page = reportHtml(soundReport(), assets)
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]
    const hashOf = (pattern: RegExp): string =>
      createHash('sha256')
        .update(pattern.exec(page)?.[1] ?? '')
        .digest('base64')
    expect(policy).toBe(
      `default-src &#39;none&#39;; script-src &#39;sha256-${hashOf(/<script>([\s\S]*)<\/script>/)}&#39;; style-src &#39;sha256-${hashOf(/<style>([\s\S]*)<\/style>/)}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;`,
    )
  })

  test('has no timeline where there is none, and no curve where nothing was timed', () => {
    const page = reportHtml({ ...soundReport(), series: [] }, assets)
    expect(page).toContain('Too short for a timeline.')
    expect(page).not.toContain('chart-percentiles')
  })

  test('does not say 100 % where something is missing', () => {
    const page = reportHtml({ ...soundReport(), successRatio: { firstAttempt: 0.5, final: 0.999999 } }, assets)
    expect(page).toContain('&gt; 99.99 %')
  })
})

describe('a timeline', () => {
  const series = timed(soundReport(), HOUR_S).series

  test('keeps whatever stood out when seconds are joined', () => {
    const spike = series.map((row) => (row.atS === 1801 ? { ...row, maxMs: 4321 } : row))
    const { rows, stepS } = timelineOf(spike, 1200)
    expect({ stepS, rows: rows.length }).toEqual({ stepS: 3, rows: 1200 })
    expect(Math.max(...rows.map(({ maxMs }) => maxMs ?? 0))).toBe(4320)
  })

  test('counts per second whatever its steps are', () => {
    const total = series.reduce((sum, { sent }) => sum + sent, 0)
    const { rows, stepS } = timelineOf(series, 60)
    expect(rows.reduce((sum, { sent }) => sum + sent * stepS, 0) / total).toBeCloseTo(1, 3)
    const wide = series.slice(0, 10).map((row) => ({ ...row, atS: row.atS * 4, sent: 400 }))
    expect(timelineOf(wide, 100)).toMatchObject({ stepS: 4, rows: wide.map(() => ({ sent: 100 })) })
  })
})

describe('the spectrum of latencies', () => {
  test('ends at the greatest, passes through the percentiles, and counts each sample once', () => {
    const { latencyMs } = timed(soundReport(), 2)
    const spectrum = spectrumOf(latencyMs.fromDue)
    expect(spectrum?.curve.at(-1)?.ms).toBeCloseTo(latencyMs.fromDue.max!, 3)
    expect(spectrum?.curve.find(({ nines }) => nines === 2)?.ms).toBeCloseTo(latencyMs.fromDue.p99!, 3)
    expect(spectrum?.columns.reduce((sum, { count }) => sum + count, 0)).toBe(20_000)
  })

  test('is left out where the histogram is missing or broken', () => {
    expect(spectrumOf(latency(10, 1, 2, 3))).toBeNull()
    expect(spectrumOf({ ...latency(10, 1, 2, 3), hdr: 'HISTFAAAnonsense' })).toBeNull()
  })
})

describe('the command that repeats a request', () => {
  test('hands every text to curl as it is, whatever a shell might make of it', () => {
    for (const text of [...HOSTILE_TEXTS, "it's", '$(id) `id` "$HOME" \\', '-rf\n']) {
      const wellFormed = text.replaceAll('\0', '').toWellFormed()
      const request = { method: 'POST', url: wellFormed, headers: ['X-A', wellFormed], user: '', body: wellFormed }
      expect(argumentsOf(curlText(request), {}), text).toEqual([
        ...['--include', '--request', 'POST', wellFormed, '--header', `X-A: ${wellFormed}`, '--data-raw', wellFormed],
      ])
    }
  })

  test('names secrets and does not show them', () => {
    const { profile, delivery } = testPlan({})
    const headers = ['X-Key', 'env:PARTNER_KEY', 'X-Token', 'abc', 'X-File', 'file:/secret', 'X-Plain', 'yes']
    const request = repeatableRequest({ profile, delivery: { ...delivery, headers } }, 'http://127.0.0.1:1/', '{}')
    const env = { API_KEY: 'k', PARTNER_KEY: 'p', X_TOKEN: 't', X_FILE: 'f' }
    expect(argumentsOf(curlText(request), env)).toEqual([
      ...['--include', '--request', 'POST', 'http://127.0.0.1:1/', '--user', 'k:'],
      ...['--header', 'Content-Type: application/json', '--header', 'X-Key: p', '--header', 'X-Token: t'],
      ...['--header', 'X-File: f', '--header', 'X-Plain: yes', '--data-raw', '{}'],
    ])
  })

  test('shows the key and the signature that the event was sent with, which need not be the right ones', () => {
    const userOf = (credentials: ShownCredentials): string =>
      repeatableRequest(testPlan({}), 'http://127.0.0.1:1/', '{}', { credentials, signature: 'right' }).user
    const shown = ['own', 'wrong', 'missing', 'expired'] as const
    expect(shown.map(userOf)).toEqual(['$API_KEY:', 'a-wrong-key:', '', '$EXPIRED_KEY:'])
    const signatureIn = (signature: 'wrong' | 'missing'): string[] => {
      const plan = testPlan({ profile: 'webhook' })
      const request = repeatableRequest(plan, 'http://127.0.0.1:1/', '{}', { credentials: 'own', signature })
      return argumentsOf(curlText(request), {}).filter((argument) => argument.startsWith('X-Signature'))
    }
    expect([signatureIn('wrong'), signatureIn('missing')]).toEqual([[`X-Signature: ${'0'.repeat(40)}`], []])
  })

  test('is the same JSON where characters do not show', () => {
    const event = { a: 'x\u200b\u202ey\u{e0041}' }
    const { body } = repeatableRequest(testPlan({}), 'http://127.0.0.1:1/', JSON.stringify(event))
    expect(body).toMatch(/^[ -~]+$/)
    expect(JSON.parse(body)).toEqual(event)
  })
})

/** What a shell makes of a curl command, without a curl. */
function argumentsOf(command: string, env: Readonly<Record<string, string>>): string[] {
  const script = `curl() { for one in "$@"; do printf '%s\\0' "$one"; done; }\n${command}`
  const text = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: { ...env } })
  return text.split('\0').slice(0, -1)
}
