import { describe, expect, test } from 'vitest'
import type { Readiness } from '../../src/model/readiness.ts'
import { readinessHtml } from '../../src/report/readiness/readiness-html.ts'
import { readinessMarkdown } from '../../src/report/readiness/readiness-markdown.ts'
import { lengthText, readinessAnswer } from '../../src/report/readiness/readiness-text.ts'
import {
  failingReadiness,
  inconclusiveReadiness,
  readinessDocument,
  soundReadiness,
} from '../support/readiness-documents.ts'

const bare = { script: { text: '', sha256: '' }, style: { text: '', sha256: '' } }

describe('what a suite says of a partner', () => {
  test('is yes where every experiment that shows a condition was played and passes', () => {
    const readiness = soundReadiness()
    expect(readinessAnswer(readiness)).toMatchObject({ status: 'pass' })
    expect(readiness.conditions.slice(0, 3).map(({ id, answer }) => [id, answer])).toEqual([
      ['respects-timestamp', 'yes'],
      ['order-free', 'yes'],
      ['rate', 'yes'],
    ])
    expect(readiness.suite.exitCode).toBe(0)
  })

  test('is no where a verdict fails in one experiment, and names how that is mended', () => {
    const { conditions, suite } = failingReadiness()
    const refuted = conditions.filter(({ answer }) => answer === 'no')
    expect(refuted.map(({ id }) => id)).toEqual(['nothing-lost', 'nothing-doubled', 'recovers'])
    for (const { mend, evidence } of refuted) {
      expect(mend).not.toBe('')
      expect(evidence[0]?.status).toBe('fail')
    }
    expect(suite.exitCode).toBe(1)
  })

  test('blames nothing of its own on an experiment where ordinary traffic fails in the same way', () => {
    const rounding = readinessDocument((_, verdict) => (verdict === 'unaltered' ? { status: 'fail' } : {}))
    expect(condition(rounding, 'customers-apart')).toMatchObject({
      answer: 'unknown',
      lacks: ['customers: unaltered fails in the steady traffic as well: mend that first'],
      mend: '',
    })
    const mixing = readinessDocument((experiment, verdict) =>
      experiment === 'customers' && verdict === 'unaltered' ? { status: 'fail' } : {},
    )
    expect(condition(mixing, 'customers-apart').answer).toBe('no')
  })

  test('is unknown without receipts, and nothing is claimed', () => {
    const { conditions, figures, suite } = inconclusiveReadiness()
    expect(conditions.filter(({ answer }) => answer === 'yes').map(({ id }) => id)).toEqual([])
    expect(conditions.filter(({ answer }) => answer === 'no')).toEqual([])
    expect(figures).toMatchObject({ oldestTimestamp: null, dedupeKey: null, longestSpanMs: null })
    expect(suite.exitCode).toBe(3)
  })

  test('is unknown where one verdict of many is', () => {
    const readiness = readinessDocument((experiment, verdict) =>
      experiment === 'outage' && verdict === 'event-time' ? { status: 'unknown', claim: 'none could be read' } : {},
    )
    const timestamp = condition(readiness, 'respects-timestamp')
    expect(timestamp).toMatchObject({ answer: 'unknown', lacks: ['outage: event-time is unknown: none could be read'] })
  })

  test('is never yes for a partner that died for good', () => {
    const readiness = readinessDocument(() => ({}), { trouble: 'the target cannot be reached' })
    expect(readiness.conditions.every(({ answer }) => answer === 'unknown')).toBe(true)
    expect(condition(readiness, 'respects-timestamp').lacks).toContain('steady: the target cannot be reached')
    expect(readiness.suite.exitCode).toBe(3)
  })

  test('is open where a condition of the FAQ wants what was not given', () => {
    const given = ['state', 'api-key'] as const
    const readiness = readinessDocument(() => ({}), { given })
    expect(condition(readiness, 'rate')).toMatchObject({ answer: 'unknown' })
    expect(readiness.suite.exitCode).toBe(3)
  })

  test('is no less for what was not given: that stands among what was not tested', () => {
    const readiness = readinessDocument(() => ({}), {
      given: ['state', 'declared-rate', 'api-key', 'outbox', 'receipts'],
    })
    expect(readinessAnswer(readiness)).toMatchObject({ status: 'pass' })
    expect(readiness.suite.exitCode).toBe(0)
    expect(readiness.notTested.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['restart', 'expired-key', 'signatures', 'customers']),
    )
  })

  test('leaves what was left out on purpose out of the exit code', () => {
    const readiness = readinessDocument(() => ({}), { only: ['steady', 'duplicates'] })
    expect(condition(readiness, 'order-free').answer).toBe('unknown')
    expect(readiness.suite.exitCode).toBe(0)
  })

  test('claims no key of duplicates for a partner that stores them twice', () => {
    expect(failingReadiness().figures).toMatchObject({ dedupeKey: null, longestSpanMs: null })
    expect(soundReadiness().figures).toMatchObject({ dedupeKey: 'messageId', longestSpanMs: 186_400 })
  })

  test('claims an age only where old events were kept and rightly dated', () => {
    const late = readinessDocument((experiment, verdict) =>
      experiment === 'history' && verdict === 'event-time' ? { status: 'fail', claim: 'all of them now' } : {},
    )
    expect(soundReadiness().figures.oldestTimestamp).toBe('2021-01-01T00:00:00.000Z')
    expect(late.figures.oldestTimestamp).toBe('2024-11-27T00:00:00.000Z')
  })
})

describe('the document', () => {
  const request = { method: 'POST', url: 'http://127.0.0.1:4021/', headers: [], user: '$API_KEY:', body: '{}' }

  test('shows at most twenty events for a condition, each with a command that repeats it', () => {
    const page = readinessHtml(failingReadiness(), bare, () => request)
    expect(page.match(/curl --include/g)).toHaveLength(3 + 20 + 2)
    expect(page).toContain('--user &quot;$API_KEY:&quot;')
  })

  test('shows the events that stand deep in the evidence, with the user or the trait that they are about', () => {
    const difference = {
      trait: 'plan',
      events: [{ value: 'plus', messages: [{ index: 7, messageId: 'm-7', type: 'identify' }] }],
    }
    const readiness = readinessDocument((_, verdict) =>
      verdict === 'order-independent'
        ? { status: 'fail', claim: '1 of 9 differs', evidence: { differences: [difference] } }
        : {},
    )
    expect(readinessHtml(readiness, bare, () => request)).toMatch(
      /m-7<\/code> <span>trait plan, value plus, type identify/,
    )
    expect(readinessMarkdown(readiness, () => request)).toContain('`m-7` trait plan, value plus, type identify')
  })

  test('counts the experiments that say the same, where there are many, and tells each verdict of a condition', () => {
    const text = readinessMarkdown(soundReadiness())
    expect(text).toMatch(/against unaltered: .* \(steady\)\. Likewise in 17 more experiments\./)
    expect(text).toContain('(expired-key). Likewise in key-expiry.')
  })

  test('says what would tell where something is unknown', () => {
    const readiness = readinessDocument((_, verdict) =>
      verdict === 'latency' ? { status: 'unknown', claim: 'squall was late', fix: 'Lower the rate.' } : {},
    )
    expect(condition(readiness, 'answers-in-time').lacks).toEqual([
      'steady: latency is unknown: squall was late. Lower the rate',
    ])
  })

  test('shows no text of others as markup', () => {
    const hostile = '<img src=x onerror=alert(1)>`|@everyone'
    const readiness = readinessDocument(() => ({
      status: 'fail',
      claim: hostile,
      evidence: { events: [{ messageId: hostile }] },
    }))
    const page = readinessHtml({ ...readiness, target: { url: hostile }, receipts: hostile }, bare)
    expect(page).not.toContain('<img')
    const text = readinessMarkdown({ ...readiness, target: { url: hostile }, receipts: hostile })
    expect(text.replaceAll(/`[^`\n]*`/g, '')).not.toMatch(/<img|@everyone/)
  })

  test('never makes a span longer than it was', () => {
    expect(['950 ms', '59.9 s', '3.1 min', '3.9 h', '2.9 days']).toEqual(
      [950, 59_999, 186_400, 14_399_999, 259_199_999].map(lengthText),
    )
  })
})

function condition({ conditions }: Readiness, id: string) {
  return conditions.find((one) => one.id === id)!
}
