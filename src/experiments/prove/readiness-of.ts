import { EXIT, exitCodeOf, verdictsExitCode } from '../../model/exit-code.ts'
import type { ExperimentResult, Readiness, ReadinessCondition, ReadinessFigures } from '../../model/readiness.ts'
import type { Report } from '../../model/report.ts'
import { answerCondition, isAsked } from './answer-condition.ts'
import { CONDITIONS } from './conditions.ts'
import type { Need } from './need.ts'
import type { NotTested, SuitePlan, SuiteStep } from './suite-plan.ts'
import { OLDEST_DAYS } from './traffic-experiments.ts'

/** What became of one step. */
export interface PlayedStep {
  readonly step: SuiteStep
  readonly folder: string
  /** Null: it came to no result. */
  readonly report: Report | null
  /** Why not; empty: it did. */
  readonly trouble: string
}

/** The suite as a whole. */
export interface PlayedSuite {
  readonly plan: SuitePlan
  readonly played: readonly PlayedStep[]
  readonly declaredPerSecond: number | null
  readonly suite: Pick<Readiness['suite'], 'id' | 'seed' | 'startedAt' | 'endedAt' | 'command' | 'complete'>
  readonly target: string
  readonly receipts: string
  readonly environment: Readiness['environment']
  /** Codes of what ended it before its time. */
  readonly codes: readonly number[]
}

/** What all experiments together say: the same results give the same document. */
export function readinessOf({ plan, played, declaredPerSecond, suite, codes, ...about }: PlayedSuite): Readiness {
  const experiments = played.map(resultOf)
  const notTested = [...plan.notTested, ...unplayed(plan, played)]
  const facts = { experiments, whyNot: (id: string) => notTested.find((one) => one.id === id)?.reason ?? '' }
  const conditions = CONDITIONS.map((condition) => answerCondition(condition, facts))
  return {
    schema: 'squall/readiness@1',
    suite: { ...suite, exitCode: exitCode(experiments, conditions, codes, plan.missing) },
    target: { url: about.target },
    receipts: about.receipts,
    conditions: conditions.filter(isAsked),
    figures: figuresOf(played, conditions, declaredPerSecond),
    experiments,
    notTested: [...notTested, ...conditions.filter((one) => !isAsked(one) && !isTold(one, notTested)).map(unasked)],
    environment: about.environment,
  }
}

function unplayed({ steps }: SuitePlan, played: readonly PlayedStep[]): NotTested[] {
  return steps.slice(played.length).map(({ experiment: { id, title } }) => ({
    id,
    title,
    reason: 'the suite was stopped before it',
  }))
}

/** Whether what it rests on stands among what was not tested already. */
function isTold({ id }: ReadinessCondition, notTested: readonly NotTested[]): boolean {
  const { verdicts = [], shownBy = [] } = CONDITIONS.find((condition) => condition.id === id) ?? {}
  return notTested.some((one) => verdicts.includes(one.id) || shownBy.includes(one.id))
}

function unasked({ id, question, lacks }: ReadinessCondition): NotTested {
  return { id, title: question, reason: lacks[0] ?? 'no experiment of this suite asks it' }
}

function resultOf({ step: { experiment }, folder, report, trouble }: PlayedStep): ExperimentResult {
  const { id, title, about } = experiment
  const told = { id, title, about, folder, trouble }
  if (report === null) return { ...told, run: null, events: 0, deliveries: 0, verdicts: [], answers: [], notes: [] }
  const { run, counts, verdicts, answers, notes } = report
  const seconds = (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000
  return {
    ...told,
    run: { id: run.id, engine: run.engine.name, startedAt: run.startedAt, seconds },
    events: counts.messages,
    deliveries: counts.sent,
    verdicts,
    answers,
    notes,
  }
}

/** Verdicts decide, and conditions of the FAQ that nobody left out on purpose; an experiment without a result is inconclusive. */
function exitCode(
  experiments: readonly ExperimentResult[],
  conditions: readonly ReadinessCondition[],
  codes: readonly number[],
  missing: readonly Need[],
): number {
  const statuses = experiments.flatMap(({ verdicts }) => verdicts.map(({ status }) => status))
  const open = experiments.some(({ trouble }) => trouble !== '') || conditions.some((one) => isOpen(one, missing))
  return exitCodeOf([...codes, verdictsExitCode(statuses), open ? EXIT.inconclusive : EXIT.ok])
}

/** Of the FAQ, and undecided for want of what its user could give. */
function isOpen({ id, group, answer }: ReadinessCondition, missing: readonly Need[]): boolean {
  const needs = CONDITIONS.find((condition) => condition.id === id)?.needs
  return group === 'replay' && answer === 'unknown' && needs !== undefined && missing.includes(needs)
}

function figuresOf(
  played: readonly PlayedStep[],
  conditions: readonly ReadinessCondition[],
  declaredPerSecond: number | null,
): ReadinessFigures {
  const reports = played.flatMap(({ report }) => report ?? [])
  const rates = reports.map(({ rate }) => rate.acceptedPerSecond).filter((rate) => rate > 0)
  const steady = played.find(({ step }) => step.experiment.id === 'steady')?.report
  const isDoubled = conditions.some(({ id, answer }) => id === 'nothing-doubled' && answer !== 'yes')
  const spans = reports.flatMap(({ verdicts }) =>
    verdicts.flatMap(({ id, status, evidence }) =>
      id === 'idempotent' && status === 'pass' ? Number(evidence.spanMaxMs) : [],
    ),
  )
  return {
    declaredPerSecond,
    measuredPerSecond: rates.length === 0 ? null : Math.max(...rates),
    latencyP99Ms: steady?.latencyMs.fromSend.byClass?.['2xx']?.p99 ?? null,
    oldestTimestamp: oldestOf(played),
    dedupeKey: isDoubled ? null : 'messageId',
    longestSpanMs: isDoubled || spans.length === 0 ? null : Math.max(...spans),
    events: reports.reduce((sum, { counts }) => sum + counts.messages, 0),
    deliveries: reports.reduce((sum, { counts }) => sum + counts.sent, 0),
  }
}

const DAY_MS = 86_400_000

/** Of the experiments whose old events were all taken, kept and rightly dated. */
function oldestOf(played: readonly PlayedStep[]): string | null {
  const moments = played.flatMap(({ step, report }) => {
    const days = Object.entries(OLDEST_DAYS).find(([id]) => id === step.experiment.id)?.[1]
    if (days === undefined || report === null) return []
    const holds = (id: string): boolean => report.verdicts.some((one) => one.id === id && one.status === 'pass')
    return ['no-loss', 'event-time', 'accepts-valid'].every(holds)
      ? [Date.parse(report.run.startedAt) - days * DAY_MS]
      : []
  })
  return moments.length === 0 ? null : new Date(Math.min(...moments)).toISOString()
}
