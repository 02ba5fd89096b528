import type { ConditionEvidence, ExperimentResult, ReadinessAnswer, ReadinessCondition } from '../../model/readiness.ts'
import type { VerdictStatus } from '../../model/verdict.ts'
import type { Condition } from './condition.ts'
import { WHAT_TO_GIVE } from './need.ts'

/** So many experiments are named where the same is said of them. */
const NAMES_MAX = 3

/** The experiment that tries nothing but ordinary traffic. */
const ORDINARY = 'steady'

const ORDER: readonly VerdictStatus[] = ['fail', 'unknown', 'pass']

/** What the suite knows of its parts. */
export interface SuiteFacts {
  readonly experiments: readonly ExperimentResult[]
  /** Why an experiment was not played, or a verdict not asked; empty: it was. */
  readonly whyNot: (id: string) => string
}

/**
 * What fails anywhere refutes a condition, but for what fails in ordinary traffic too where an experiment of its own was to show it. It holds if each
 * experiment that shows it was played and nothing that speaks of it is unknown; else nobody knows.
 */
export function answerCondition(condition: Condition, facts: SuiteFacts): ReadinessCondition {
  const { id, group, question, mend } = condition
  const evidence = evidenceOf(condition, facts.experiments)
  const [usual, telling] = parted(evidence, (one) => isUsual(condition, one, facts))
  const lacks = [...lacksOf(condition, evidence, facts), ...usual.map(usualText)]
  const answer = answerOf(telling, lacks)
  return { id, group, question, answer, evidence, lacks, mend: answer === 'no' ? mend : '' }
}

/** Whether anything was asked that could decide it. */
export function isAsked({ evidence, group }: ReadinessCondition): boolean {
  return group === 'replay' || evidence.length > 0
}

/** What refutes first, then what is unknown; of each the experiments that are there to show it first. */
function evidenceOf(
  { verdicts, onlyIn, shownBy }: Condition,
  experiments: readonly ExperimentResult[],
): ConditionEvidence[] {
  const telling = shownBy.flatMap((id) => experiments.filter((one) => one.id === id))
  const told = [...new Set([...telling, ...experiments])]
    .filter(({ id }) => onlyIn === undefined || onlyIn.includes(id))
    .flatMap((experiment) =>
      experiment.verdicts
        .filter(({ id }) => verdicts.includes(id))
        .map(({ id, status, claim }) => ({ experiment: experiment.id, verdict: id, status, claim })),
    )
  return ORDER.flatMap((status) => told.filter((one) => one.status === status))
}

/** Whether it fails in the ordinary traffic as well, where nothing of what the condition is about is tried. */
function isUsual({ onlyIn }: Condition, { verdict, status }: ConditionEvidence, { experiments }: SuiteFacts): boolean {
  if (onlyIn === undefined || status !== 'fail') return false
  const ordinary = experiments.find(({ id }) => id === ORDINARY)?.verdicts ?? []
  return ordinary.some((one) => one.id === verdict && one.status === 'fail')
}

function usualText({ experiment, verdict }: ConditionEvidence): string {
  return `${experiment}: ${verdict} fails in the ${ORDINARY} traffic as well: mend that first`
}

function parted<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}

function answerOf(evidence: readonly ConditionEvidence[], lacks: readonly string[]): ReadinessAnswer {
  if (evidence.some(({ status }) => status === 'fail')) return 'no'
  return lacks.length === 0 && evidence.some(({ status }) => status === 'pass') ? 'yes' : 'unknown'
}

function lacksOf(condition: Condition, evidence: readonly ConditionEvidence[], facts: SuiteFacts): string[] {
  const { shownBy, needs, verdicts } = condition
  const unknown = unknownTexts(
    evidence.filter(({ status }) => status === 'unknown'),
    facts,
  )
  const missing = shownBy
    .filter((id) => !evidence.some(({ experiment }) => experiment === id))
    .map((id) => `${id}: ${reasonFor(id, verdicts, facts)}`)
  const given = evidence.length === 0 && missing.length === 0 && needs !== undefined ? [WHAT_TO_GIVE[needs]] : []
  return [...new Set([...unknown, ...missing, ...given])]
}

/** What is unknown for the same reason in several experiments is said once, of all of them. */
function unknownTexts(unknown: readonly ConditionEvidence[], facts: SuiteFacts): string[] {
  const asked = new Map<string, string[]>()
  for (const one of unknown) {
    const reason = unknownText(one, facts)
    asked.set(reason, [...(asked.get(reason) ?? []), one.experiment])
  }
  return [...asked].map(([reason, experiments]) => `${namesText(experiments)}: ${reason}`)
}

function namesText(names: readonly string[]): string {
  const rest = names.length - NAMES_MAX
  return rest > 0 ? `${names.slice(0, NAMES_MAX).join(', ')} and ${rest} more` : names.join(', ')
}

/** Why, and what would tell. */
function unknownText({ experiment, verdict, claim }: ConditionEvidence, { experiments }: SuiteFacts): string {
  const verdicts = experiments.find(({ id }) => id === experiment)?.verdicts
  const fix = verdicts?.find(({ id }) => id === verdict)?.fix ?? ''
  return `${verdict} is unknown: ${claim}${fix === '' ? '' : `. ${fix.replace(/\.$/, '')}`}`
}

function reasonFor(experiment: string, verdicts: readonly string[], { experiments, whyNot }: SuiteFacts): string {
  const played = experiments.find(({ id }) => id === experiment)
  if (played === undefined) return whyNot(experiment) || 'it was not played'
  if (played.trouble !== '') return played.trouble
  const reasons = verdicts.map(whyNot).filter((reason) => reason !== '')
  return reasons[0] ?? 'it was not asked'
}
