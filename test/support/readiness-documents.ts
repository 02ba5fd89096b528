import { systemDigest } from '../../src/adapters/system-world.ts'
import type { Need } from '../../src/experiments/prove/need.ts'
import { planSuite, readinessOf, type SuitePlan } from '../../src/experiments/prove.ts'
import type { Readiness } from '../../src/model/readiness.ts'
import type { Report } from '../../src/model/report.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import type { Scenario } from '../../src/scenario/schema.ts'
import { failingReport, soundReport } from './reports.ts'

/** An embedded partner has all that, but for its plain HTTP. */
export const EVERYTHING: readonly Need[] = [
  'receipts',
  'state',
  'outbox',
  'expect',
  'api-key',
  'expired-key',
  'own-partner',
  'second-key',
  'declared-rate',
  'restart',
  'https',
]

const plans = new Map<string, SuitePlan>()

/** A plan of the suite for whoever gave so much; made once. */
export function suitePlan(
  given: readonly Need[] = EVERYTHING,
  only: readonly string[] = [],
  skip: Readonly<Record<string, string>> = {},
  perSecond = 20,
): SuitePlan {
  const key = JSON.stringify([given, only, skip, perSecond])
  const plan = plans.get(key) ?? newPlan(given, only, skip, perSecond)
  plans.set(key, plan)
  return plan
}

function newPlan(
  given: readonly Need[],
  only: readonly string[],
  skip: Readonly<Record<string, string>>,
  perSecond: number,
): SuitePlan {
  const pace = { perSecond, declaredPerSecond: given.includes('declared-rate') ? 2 * perSecond : null }
  const dress = (scenario: Scenario): Scenario =>
    given.includes('shared-secret') ? { ...scenario, profile: 'webhook' } : scenario
  return planSuite({ pace, given: new Set(given), only, skip, dress, againEvents: null }, systemDigest)
}

/** In what a document differs from one of a suite that was played whole. */
interface Differences {
  readonly given?: readonly Need[]
  readonly only?: readonly string[]
  /** In each report. */
  readonly changes?: Partial<Report>
  /** Why no experiment came to a result. */
  readonly trouble?: string
}

/** A document of the whole suite; each experiment came to what `verdictOf` says of its verdicts. */
export function readinessDocument(
  verdictOf: (experiment: string, verdict: string) => Partial<Verdict>,
  { given = EVERYTHING, only = [], changes = {}, trouble = '' }: Differences = {},
): Readiness {
  const plan = suitePlan(given, only)
  const played = plan.steps.map((step) => {
    const { id } = step.experiment
    const { verdicts = [], objectives = {}, skip = {} } = step.scenario
    const asked = [...verdicts, ...Object.keys(objectives)].filter((verdict) => skip[verdict] === undefined)
    const told = asked.map((verdict) => ({ ...passing(verdict), ...verdictOf(id, verdict) }))
    const report = { ...soundReport(), ...changes, verdicts: told }
    return { step, folder: id, report: trouble === '' ? report : null, trouble }
  })
  return readinessOf({
    plan,
    played,
    declaredPerSecond: given.includes('declared-rate') ? 40 : null,
    suite: {
      id: 'k3f9a2bc',
      seed: 1,
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: '2026-01-01T00:03:00.000Z',
      command: 'squall prove --target http://127.0.0.1:4021/ --seed 1',
      complete: true,
    },
    target: 'http://127.0.0.1:4021/',
    receipts: 'http://127.0.0.1:4021/receipts',
    environment: soundReport().environment,
    codes: [],
  })
}

/** All holds. */
export function soundReadiness(): Readiness {
  return readinessDocument(() => ({}))
}

/** It loses events in an outage and stores copies twice; its answers are hostile. */
export function failingReadiness(): Readiness {
  const { answers } = failingReport()
  return readinessDocument(
    (experiment, verdict) => {
      if (experiment === 'outage' && verdict === 'no-loss') return { ...failing('3 of 1 386 are not in the store', 3) }
      if (experiment === 'duplicates' && verdict === 'idempotent') return failing('37 messages are stored twice', 37)
      if (experiment === 'outage' && verdict === 'recovers') return failing('latency stayed high', 0)
      return {}
    },
    { changes: { answers } },
  )
}

/** Without receipts, state, keys and a declared rate. */
export function inconclusiveReadiness(): Readiness {
  const unread = { status: 'unknown', claim: 'no receipts were read; give --receipts SOURCE', fix: '' } as const
  return readinessDocument((_, verdict) => (verdict === 'accepts-valid' ? {} : unread), { given: [] })
}

function passing(id: string): Verdict {
  const evidence = id === 'idempotent' ? { spanMaxMs: 186_400 } : {}
  return { id, title: id, status: 'pass', claim: `0 of 2 400 speak against ${id}: < 1.3e-3 at 95 %`, evidence, fix: '' }
}

function failing(claim: string, count: number): Partial<Verdict> {
  const events = Array.from({ length: Math.min(count, 30) }, (_, i) => ({ messageId: `m-${i}`, ackedAtMs: 5000 + i }))
  return { status: 'fail', claim, evidence: count === 0 ? {} : { events }, fix: 'Mend it at the root.' }
}
