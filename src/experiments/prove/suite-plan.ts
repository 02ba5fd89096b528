import { ScenarioError } from '../../model/scenario-error.ts'
import type { Digest } from '../../model/world.ts'
import { prepare } from '../../run.ts'
import type { Scenario } from '../../scenario/schema.ts'
import { VERDICTS } from '../../scenario/verdicts.ts'
import { CONDITIONS } from './conditions.ts'
import type { Experiment, Pace } from './experiment.ts'
import { EXPERIMENTS } from './experiments.ts'
import { type Need, WHAT_TO_GIVE } from './need.ts'

/** What a suite's user wants, and what they gave. */
export interface SuiteWish {
  readonly pace: Pace
  readonly given: ReadonlySet<Need>
  /** Experiments by id; empty: all. */
  readonly only: readonly string[]
  /** Experiments and verdicts that are left out, and why. */
  readonly skip: Readonly<Record<string, string>>
  /** Puts the user's flags into a scenario. */
  readonly dress: (scenario: Scenario) => Scenario
  /** Events of the run given with `--again`; null: none was given. */
  readonly againEvents: number | null
}

/** One experiment that will be played. */
export interface SuiteStep {
  readonly experiment: Experiment
  /** Of a replay, what is asked of it. */
  readonly scenario: Scenario
  readonly events: number
  readonly deliveries: number
  /** From the first due moment to the last, reading the store left out. */
  readonly seconds: number
}

export type NotTested = { readonly id: string; readonly title: string; readonly reason: string }

/** What will be sent and how long it takes, before anything is sent. */
export interface SuitePlan {
  readonly steps: readonly SuiteStep[]
  readonly notTested: readonly NotTested[]
  /** What was not given, of all that something was left out for. */
  readonly missing: readonly Need[]
  readonly events: number
  readonly deliveries: number
  /** About, with the time that the store is read in; an endpoint in trouble takes longer. */
  readonly seconds: number
}

/** Opening the ledger, reading the store until it is quiet, writing the report. */
const AROUND_S = 1.5

/** @throws ScenarioError that names the flag */
export function planSuite(wish: SuiteWish, digest: Digest): SuitePlan {
  checkNames(wish)
  const sorted = EXPERIMENTS.map((experiment) => ({ experiment, reason: reasonNot(experiment, wish) }))
  const steps: SuiteStep[] = []
  for (const { experiment, reason } of sorted) if (reason === '') steps.push(stepOf(experiment, wish, steps, digest))
  const left = sorted.filter(({ reason }) => reason !== '')
  const sum = (of: (step: SuiteStep) => number): number => steps.reduce((total, step) => total + of(step), 0)
  return {
    steps,
    notTested: [
      ...left.map(({ experiment: { id, title }, reason }) => ({ id, title, reason })),
      ...verdictsLeftOut(steps),
    ],
    missing: missingOf(wish),
    events: sum(({ events }) => events),
    deliveries: sum(({ deliveries }) => deliveries),
    seconds: sum(({ seconds }) => seconds + AROUND_S),
  }
}

function reasonNot(experiment: Experiment, wish: SuiteWish): string {
  const { only, skip, given } = wish
  const { id, needs, replays } = experiment
  if (skip[id] !== undefined) return skip[id]
  if (only.length > 0 && !only.includes(id)) return 'left out by --only'
  const missing = needs.find((need) => !given.has(need))
  if (missing !== undefined) return WHAT_TO_GIVE[missing]
  const steady = EXPERIMENTS.find((one) => one.id === 'steady')!
  if (replays === 'steady' && reasonNot(steady, wish) !== '') return 'it replays the steady traffic, which is left out'
  return ''
}

/** Without what its user left out on purpose. */
function missingOf({ given, skip, only }: SuiteWish): Need[] {
  const wanted = EXPERIMENTS.filter(({ id }) => skip[id] === undefined && (only.length === 0 || only.includes(id)))
  const needs = wanted.flatMap(({ needs, verdictNeeds = {} }) => [
    ...needs,
    ...Object.entries(verdictNeeds).flatMap(([id, need]) => (skip[id] === undefined ? need : [])),
  ])
  return [...new Set(needs)].filter((need) => !given.has(need))
}

function stepOf(experiment: Experiment, wish: SuiteWish, before: readonly SuiteStep[], digest: Digest): SuiteStep {
  const scenario = asking(experiment, wish)
  if (experiment.replays === undefined) {
    const { plan, planned, schedule } = prepare(wish.dress({ ...scenario, people: 10 }), digest)
    const deliveries = planned.first + planned.duplicate + planned.replay
    return {
      experiment,
      scenario: wish.dress(scenario),
      events: plan.phases.reduce((sum, { messages }) => sum + messages.count, 0) * plan.traffic.namespaces,
      deliveries,
      seconds: schedule.endMs / 1000,
    }
  }
  const steady = before.find(({ experiment: { id } }) => id === 'steady')?.events ?? 0
  const events = experiment.replays === 'steady' ? steady : (wish.againEvents ?? 0)
  return { experiment, scenario, events, deliveries: events, seconds: events / replayPerSecond(wish.pace) }
}

/** Deliveries per second of a replay. */
export function replayPerSecond({ perSecond }: Pace): number {
  return perSecond * 2
}

/** What cannot be asked for here is left out, and says why. */
function asking({ scenario, verdictNeeds = {} }: Experiment, { pace, given, skip }: SuiteWish): Scenario {
  const own = scenario(pace)
  const asked = [...(own.verdicts ?? []), ...Object.keys(own.objectives ?? {})]
  const missing = Object.entries(verdictNeeds).filter(([, need]) => !given.has(need))
  const left = {
    ...Object.fromEntries(missing.map(([id, need]) => [id, WHAT_TO_GIVE[need]])),
    ...Object.fromEntries(Object.entries(skip).filter(([id]) => asked.includes(id))),
  }
  return { ...own, skip: left }
}

function verdictsLeftOut(steps: readonly SuiteStep[]): NotTested[] {
  return steps.flatMap(({ experiment, scenario: { skip = {} } }) =>
    Object.entries(skip).map(([id, reason]) => ({ id, title: askedBy(id, experiment.id), reason })),
  )
}

/** The condition that a verdict would have decided there. */
function askedBy(verdict: string, experiment: string): string {
  const condition = CONDITIONS.find(
    ({ verdicts, shownBy }) => verdicts.includes(verdict) && shownBy.includes(experiment),
  )
  const name = `${verdict} of ${experiment}`
  return condition === undefined ? name : `${condition.question} (${name})`
}

function checkNames({ only, skip }: SuiteWish): void {
  const ids = EXPERIMENTS.map(({ id }) => id)
  const strange = only.find((id) => !ids.includes(id))
  if (strange !== undefined)
    throw new ScenarioError([], `--only: "${strange}" is no experiment; there are ${ids.join(', ')}`)
  const unknown = Object.keys(skip).find((id) => !ids.includes(id) && !VERDICTS.includes(id))
  if (unknown === undefined) return
  throw new ScenarioError(
    [],
    `--skip: "${unknown}" is neither an experiment nor a verdict; there are ${ids.join(', ')}`,
  )
}
