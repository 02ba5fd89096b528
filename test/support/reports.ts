import type { LatencySummary, Report } from '../../src/model/report.ts'
import type { Verdict } from '../../src/model/verdict.ts'

/** A latency with so many samples and these percentiles, in milliseconds. */
export function latency(count: number, p50: number, p99: number, max: number): LatencySummary {
  const wide = count >= 10_000
  return {
    count,
    censored: 0,
    min: p50 / 2,
    mean: p50 * 1.2,
    p50,
    p90: p50 * 2,
    p95: p50 * 3,
    p99: count >= 1000 ? p99 : null,
    p999: wide ? p99 * 2 : null,
    max,
    hdr: '',
  }
}

const ZERO_CLASSES: Report['classes'] = {
  '2xx': 0,
  '3xx': 0,
  '4xx': 0,
  '5xx': 0,
  timeout: 0,
  refused: 0,
  reset: 0,
  tls: 0,
  dns: 0,
  malformed: 0,
  local: 0,
}

export const PASSES: readonly Verdict[] = [
  verdict(
    'no-loss',
    'What was acknowledged is in the store',
    'pass',
    '0 of 15 000 lost: < 2.0e-4 at 95 % if losses are independent',
  ),
  verdict(
    'no-phantom',
    'Nothing is there that was not sent',
    'pass',
    '0 of 15 000 records are not of this run’s making',
  ),
  verdict(
    'idempotent',
    'One message, one record',
    'pass',
    '0 of 750 repeated messages are stored twice (longest span between two copies: 11.2 s); every repeat ended acked',
  ),
  verdict('unaltered', 'What is stored is what was sent', 'pass', '0 of 15 000 differ in what the receipts carry'),
  verdict(
    'event-time',
    'The stored event time is the event’s instant',
    'pass',
    '0 of 15 000 misdated; the store keeps milliseconds',
  ),
  verdict('accepts-valid', 'No valid event is refused for good', 'pass', '0 of 15 000 refused: < 2.0e-4 at 95 %'),
]

/** 15 000 messages, 750 of them twice; the endpoint failed now and then and everything arrived. */
export function soundReport(changes: Partial<Report> = {}): Report {
  return {
    schema: 'squall/result@1',
    run: {
      id: 'k3f9a2bc',
      seed: 42,
      planHash: 'ab'.repeat(32),
      scenario: 'live',
      profile: 'subscription',
      engine: { name: 'node', version: '0.1.0' },
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: '2026-01-01T00:00:33.000Z',
      exitCode: 0,
    },
    target: { url: 'http://127.0.0.1:4021/' },
    counts: {
      planned: 15_750,
      sent: 15_750,
      notSent: 0,
      acked: 15_750,
      rejected: 0,
      exhausted: 0,
      ambiguous: 0,
      abandoned: 0,
      attempts: 16_102,
      messages: 15_000,
      copies: { first: 15_000, duplicate: 750, replay: 0 },
    },
    rate: { targetPerSecond: 525, achievedPerSecond: 524.9, acceptedPerSecond: 524.8 },
    successRatio: { firstAttempt: 15_398 / 15_750, final: 1 },
    latencyMs: {
      fromDue: latency(16_102, 1.31, 8.9, 41.2),
      fromSend: {
        ...latency(16_102, 1.12, 8.1, 39.7),
        byClass: { '2xx': latency(15_750, 1.12, 8.1, 39.7), '5xx': latency(352, 0.61, 2.2, 4.4) },
      },
      toAcceptance: latency(15_750, 1.36, 912, 2210),
      connect: latency(64, 0.41, 1.2, 1.9),
    },
    classes: { ...ZERO_CLASSES, '2xx': 15_750, '5xx': 352 },
    statuses: { '200': 15_750, '500': 40, '503': 312 },
    serverErrorRatio: 352 / 16_102,
    retries: {
      scheduled: 352,
      byAttempt: [
        { attempt: 1, sent: 15_750, acked: 15_398 },
        { attempt: 2, sent: 340, acked: 328 },
        { attempt: 3, sent: 12, acked: 12 },
      ],
      recovered: 340,
      delayErrorMs: { p50: 0.4, p99: 1.7, max: 3.2 },
      amplification: 16_102 / 15_750,
    },
    recovery: null,
    series: [],
    phases: [],
    connections: {
      opened: 64,
      reused: 16_038,
      closedByPeer: 0,
      max: 64,
      httpVersion: '1.1',
      tls: null,
      tlsHandshakes: null,
      tlsResumed: null,
    },
    generator: {
      pumpLagMs: { p50: 0.3, p99: 1.4, max: 6.2 },
      slotWaitMs: { p50: 0, p99: 0, max: 0 },
      loopDelayMaxMs: 12.4,
      cpuRatio: 0.38,
      timing: 'sound',
      reasons: [],
    },
    audit: {
      source: 'http',
      expected: 15_000,
      found: 15_000,
      lost: 0,
      phantom: 0,
      duplicated: 0,
      altered: 0,
      misdated: 0,
      mayFound: 0,
      mayAbsent: 0,
      rejectedFound: 0,
      lostRatioBound95: 2e-4,
      visibleMs: { p50: null, p99: null },
      clockOffsetMs: null,
    },
    verdicts: PASSES,
    notTested: [],
    environment: { squall: '0.1.0', runtime: 'node 24', platform: 'linux x64', cpus: 2, memoryMb: 4096 },
    notes: [],
    answers: [],
    ...changes,
  }
}

/** The same run against an endpoint that lost events, stored some twice and refused one kind; its answers are hostile. */
export function failingReport(): Report {
  const sound = soundReport()
  return {
    ...sound,
    run: { ...sound.run, exitCode: 1 },
    counts: { ...sound.counts, sent: 15_748, notSent: 2, acked: 15_600, rejected: 98, exhausted: 20, ambiguous: 30 },
    classes: { ...ZERO_CLASSES, '2xx': 15_600, '4xx': 98, '5xx': 352, timeout: 52 },
    statuses: { '200': 15_600, '422': 98, '500': 40, '503': 312 },
    latencyMs: { ...sound.latencyMs, fromDue: { ...sound.latencyMs.fromDue, censored: 52 } },
    audit: { ...sound.audit, expected: 14_880, found: 14_869, lost: 11, duplicated: 37, mayFound: 90, mayAbsent: 30 },
    verdicts: [
      verdict(
        'no-loss',
        'What was acknowledged is in the store',
        'fail',
        '11 of 14 880 acknowledged messages are not in the store: 7.4e-4 (4.1e-4 to 1.3e-3 at 95 %)',
        'answer 2xx only once the event is durable; failed.ndjson names the first of them',
      ),
      PASSES[1]!,
      verdict(
        'idempotent',
        'One message, one record',
        'fail',
        '37 of 750 repeated messages are stored more than once',
        'keep the messageId under a unique index and ignore what is there already',
      ),
      ...PASSES.slice(3, 5),
      verdict(
        'accepts-valid',
        'No valid event is refused for good',
        'fail',
        '98 valid messages were refused with 422',
        'accept what the Spec allows: see Seen below',
      ),
    ],
    notTested: [{ id: 'latency', reason: 'the scenario states no objective' }],
    notes: [{ atS: 31, text: 'SIGINT: nothing more was started; what was under way was drained' }],
    answers: [
      {
        atS: 3.2,
        messageId: 'a',
        attempt: 1,
        class: '4xx',
        status: 422,
        text: '{"error":"bad \u001b[31mevent\u001b[0m"}\r\n',
      },
      { atS: 4.8, messageId: 'b', attempt: 2, class: 'timeout', status: 0, text: 'no answer within 5 s' },
    ],
  }
}

/** The same run without receipts, by a generator that was late. */
export function inconclusiveReport(): Report {
  const sound = soundReport()
  const unread = 'no receipts were read; give --receipts SOURCE'
  return {
    ...sound,
    run: { ...sound.run, exitCode: 3 },
    audit: {
      ...sound.audit,
      source: 'none',
      found: null,
      lost: null,
      mayFound: null,
      mayAbsent: null,
      lostRatioBound95: null,
    },
    generator: {
      ...sound.generator,
      pumpLagMs: { p50: 4, p99: 48, max: 212 },
      timing: 'doubtful',
      reasons: ['the event loop was held up for 212 ms'],
    },
    verdicts: [
      ...PASSES.slice(0, 5).map(({ id, title }) =>
        verdict(id, title, 'unknown', unread, 'run squall audit with the store’s receipts'),
      ),
      PASSES[5]!,
    ],
  }
}

function verdict(id: string, title: string, status: Verdict['status'], claim: string, fix = ''): Verdict {
  return { id, title, status, claim, evidence: {}, fix }
}
