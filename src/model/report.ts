import type { CopyCounts } from './delivery.ts'
import type { OutcomeClass } from './outcome.ts'
import type { ReceiptSourceKind } from './receipt.ts'
import type { Environment } from './run-header.ts'
import type { Verdict } from './verdict.ts'

/** What a run amounts to and whether it is right: plain data, `result.json` to the letter. Null: the engine cannot see it. */
export interface Report extends Summary {
  readonly schema: 'squall/result@1'
  readonly run: {
    readonly id: string
    readonly seed: number
    readonly planHash: string
    readonly scenario: string
    readonly profile: string
    readonly engine: { readonly name: 'node' | 'k6'; readonly version: string }
    readonly startedAt: string
    readonly endedAt: string
    readonly exitCode: number
  }
  readonly target: { readonly url: string }
  readonly audit: AuditSummary
  readonly verdicts: readonly Verdict[]
  readonly notTested: readonly { readonly id: string; readonly reason: string }[]
  readonly environment: Environment
  /** What happened on the way, for people: signals, trouble, a torn ledger. */
  readonly notes: readonly { readonly atS: number; readonly text: string }[]
  /** Samples of answers that were not 2xx. Text of the endpoint: escape it. */
  readonly answers: readonly {
    readonly atS: number
    readonly messageId: string
    readonly attempt: number
    readonly class: OutcomeClass
    readonly status: number
    readonly text: string
    /** What was sent is to be refused so. Absent: it is not. */
    readonly expected?: true
  }[]
}

/** Counts that close, histograms and per-second series: what the ledger amounts to before anybody judges it. */
export interface Summary {
  readonly counts: Counts
  readonly rate: {
    readonly targetPerSecond: number
    readonly achievedPerSecond: number
    /** Deliveries accepted by an attempt that left while the plan's phases lasted. */
    readonly acceptedPerSecond: number
  }
  readonly successRatio: { readonly firstAttempt: number | null; readonly final: number | null }
  readonly latencyMs: {
    readonly fromDue: LatencySummary
    readonly fromSend: LatencySummary
    readonly toAcceptance: LatencySummary
    readonly connect: LatencySummary
  }
  readonly classes: Readonly<Record<OutcomeClass, number>>
  readonly statuses: Readonly<Record<string, number>>
  readonly serverErrorRatio: number | null
  readonly retries: {
    readonly scheduled: number
    readonly byAttempt: readonly { readonly attempt: number; readonly sent: number; readonly acked: number }[]
    /** Deliveries acked at a retry. */
    readonly recovered: number
    readonly delayErrorMs: Spread
    /** Attempts for each delivery sent. */
    readonly amplification: number | null
  }
  /** Null: nothing went wrong for long enough to be seen. */
  readonly recovery: RecoverySummary | null
  readonly series: readonly SeriesRow[]
  readonly phases: readonly {
    readonly name: string
    readonly fromS: number
    readonly toS: number
    readonly counts: Counts
    readonly latencyMs: { readonly fromDue: LatencySummary; readonly fromSend: LatencySummary }
  }[]
  readonly connections: {
    readonly opened: number | null
    readonly reused: number | null
    readonly closedByPeer: number | null
    readonly max: number | null
    readonly httpVersion: string | null
    /** TLS versions in use. */
    readonly tls: string | null
    /** TLS handshakes that came to a good end, and those of them that resumed a session. */
    readonly tlsHandshakes: number | null
    readonly tlsResumed: number | null
  }
  readonly generator: {
    readonly pumpLagMs: Spread
    readonly slotWaitMs: Spread
    readonly loopDelayMaxMs: number | null
    readonly cpuRatio: number | null
    readonly timing: 'sound' | 'doubtful'
    readonly reasons: readonly string[]
  }
}

/** The last stretch in which most attempts failed or took far longer than before, in seconds of the run. */
export interface RecoverySummary {
  readonly fromS: number
  /** When its cause was gone: answers were good again, or the load was back below where it began; null: neither was seen. */
  readonly causeEndS: number | null
  /** From when on all was as before; null: not within the run. */
  readonly wellAtS: number | null
  /** From the cause's end. */
  readonly tookS: number | null
  /** For how long the target was watched after its cause must have ended: after the last delivery was due at the latest. */
  readonly watchedS: number
}

export interface Counts extends Accounts {
  /** Those of `rejected` that a sound receiver rejects. Absent: none. */
  readonly rejectedAsExpected?: number
  /** Deliveries of the whole plan: sent + notSent. */
  readonly planned: number
  readonly attempts: number
  /** Distinct messageIds sent. */
  readonly messages: number
  readonly copies: CopyCounts
}

/** Every planned delivery is in exactly one of notSent, acked, rejected, exhausted, ambiguous, abandoned. */
export interface Accounts {
  readonly sent: number
  readonly notSent: number
  readonly acked: number
  readonly rejected: number
  readonly exhausted: number
  readonly ambiguous: number
  readonly abandoned: number
}

/** Milliseconds. A percentile with fewer than ten samples beyond it is null. */
export interface LatencySummary {
  readonly count: number
  /** Timeouts, counted at their deadline. */
  readonly censored: number
  readonly min: number | null
  readonly mean: number | null
  readonly p50: number | null
  readonly p90: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly p999: number | null
  readonly max: number | null
  /** The whole histogram in microseconds: HdrHistogram V2, compressed, base64. Empty where there was nothing to record. */
  readonly hdr: string
  readonly byClass?: Readonly<Partial<Record<OutcomeClass, LatencySummary>>>
}

export interface Spread {
  readonly p50: number | null
  readonly p99: number | null
  readonly max: number | null
}

export interface SeriesRow {
  readonly atS: number
  readonly due: number
  readonly sent: number
  readonly acked: number
  readonly c4xx: number
  readonly c5xx: number
  /** Attempts without a final status. */
  readonly failed: number
  readonly inFlight: number
  readonly p50Ms: number | null
  readonly p99Ms: number | null
  readonly maxMs: number | null
  readonly pumpLagMaxMs: number | null
  readonly slotWaitMaxMs: number | null
  readonly phase: string
}

export interface AuditSummary {
  readonly source: 'none' | ReceiptSourceKind
  /** Messages that must exist. */
  readonly expected: number
  readonly found: number | null
  /** Absent, and nobody says why. */
  readonly lost: number | null
  /** Absent, and the receiver says that it discarded them. Absent: nobody asked, or it could not be read. */
  readonly discarded?: number
  readonly phantom: number | null
  readonly duplicated: number | null
  readonly altered: number | null
  readonly misdated: number | null
  readonly mayFound: number | null
  readonly mayAbsent: number | null
  readonly rejectedFound: number | null
  /** Messages sent that a sound receiver refuses, and those of them that are there all the same. Absent: none were. */
  readonly unwelcome?: number
  readonly unwelcomeFound?: number | null
  /** Upper 95 % bound of the loss ratio, discards included, if losses are independent. */
  readonly lostRatioBound95: number | null
  readonly visibleMs: { readonly p50: number | null; readonly p99: number | null }
  readonly clockOffsetMs: number | null
}
