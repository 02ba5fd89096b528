import { z } from 'zod'
import { ScenarioError } from '../model/scenario-error.ts'
import { checkCustomers } from './customers.ts'
import { notOneOf } from './fields.ts'
import { checkFlaws } from './flaws.ts'
import { checkMix } from './mix.ts'
import { checkObjectives } from './objectives.ts'
import type { Phase } from './phase.ts'
import { type Scenario, scenarioSchema } from './schema.ts'
import { checkTemplate } from './template.ts'

/**
 * A value, such as a YAML file holds, as a Scenario.
 *
 * @throws ScenarioError for the first thing that is wrong with it
 */
export function parseScenario(value: unknown): Scenario {
  const { success, data, error } = scenarioSchema.safeParse(value)
  if (!success) throw firstError(error.issues)
  checkTotals(data)
  checkNames(data)
  checkObjectives(data.verdicts ?? [], data.objectives)
  checkCustomers(data)
  checkMix(data.mix, data.templates?.length ?? 0)
  for (const [i, template] of (data.templates ?? []).entries()) checkTemplate(template, ['templates', i])
  data.phases.forEach((phase, i) => {
    checkPace(phase, ['phases', i])
    checkLength(phase, ['phases', i])
    checkFlaws(phase, ['phases', i], data.profile)
    checkAgain(phase, data.phases.slice(0, i), ['phases', i, 'replay', 'again', 'phase'])
  })
  return data
}

/** For editors: completion, hover text and checking. */
export function scenarioJsonSchema(): object {
  return { ...z.toJSONSchema(scenarioSchema, { io: 'input' }), title: 'squall scenario' }
}

/** A misspelt field comes first: what else is wrong often follows from it. */
function firstError(issues: readonly z.core.$ZodIssue[]): ScenarioError {
  const first = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!
  const keyProblem = first.code === 'invalid_key' ? first.issues[0]?.message : undefined
  return new ScenarioError(first.path.map(stepOf), keyProblem ?? first.message)
}

function stepOf(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key)
}

function checkTotals({ events, duration }: Scenario): void {
  if (events !== undefined && duration !== undefined) {
    throw new ScenarioError(['events'], 'duration is given too, and one follows from the other; leave one out')
  }
}

function checkNames({ phases, main }: Scenario): void {
  const names = phases.map(({ name }) => name)
  names.forEach((name, i) => {
    if (names.indexOf(name) < i)
      throw new ScenarioError(['phases', i, 'name'], `another phase is called "${name}"; rename one`)
  })
  if (main !== undefined && !names.includes(main)) throw new ScenarioError(['main'], notOneOf(main, names))
}

function checkPace(phase: Phase, path: readonly (string | number)[]): void {
  const given = (['rate', 'ramp', 'steps'] as const).filter((form) => phase[form] !== undefined)
  if (given.length === 0) throw new ScenarioError(path, 'how fast? give rate, such as rate: 100/s (or ramp, or steps)')
  if (given.length > 1) throw new ScenarioError([...path, given[1]!], `${given[0]} is given too; leave one out`)
  if (phase.pace === 'diurnal' && phase.rate === undefined) {
    throw new ScenarioError([...path, 'pace'], 'a diurnal pace follows one rate, that of the busiest hour; give rate')
  }
}

function checkLength(phase: Phase, path: readonly (string | number)[]): void {
  const given = (['steps', 'duration', 'events'] as const).filter((form) => phase[form] !== undefined)
  if (given.length === 0) throw new ScenarioError(path, 'how long? give duration, such as duration: 30s (or events)')
  if (given.length > 1)
    throw new ScenarioError(
      [...path, given[1]!],
      `${given[0]} is given too, and it says how long the phase is; leave one out`,
    )
}

function checkAgain(phase: Phase, before: readonly Phase[], path: readonly (string | number)[]): void {
  const wanted = phase.replay?.again?.phase
  if (wanted === undefined) return
  const names = before.map(({ name }) => name)
  if (names.length === 0)
    throw new ScenarioError(path, 'there is no earlier phase to repeat; put that phase before this one')
  if (!names.includes(wanted)) throw new ScenarioError(path, `${notOneOf(wanted, names)} (the phases before this one)`)
}
