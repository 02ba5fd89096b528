import { join } from 'node:path'
import { type PlayedStep, replayPerSecond, type SuiteStep } from '../../experiments/prove.ts'
import { parseDurationMs, parseScenario, type Scenario, type ScenarioOverrides, withOverrides } from '../../index.ts'
import { NO_OBJECTIVES } from '../../model/objectives.ts'
import { type EarlierRun, replayOf } from '../earlier-run.ts'
import { EXIT } from '../exit-codes.ts'
import type { Interrupts } from '../interrupts.ts'
import { knownError } from '../known-error.ts'
import type { Restart } from '../restart.ts'
import { playSession, type Session } from '../session.ts'
import type { Suite } from './suite.ts'

/** Where a suite is played. */
export interface SuiteStage {
  readonly path: string
  /** Of the steady traffic. */
  readonly runId: string
  /** Of an embedded partner; what its user said of a target of their own stands in the scenarios. */
  readonly place: {
    readonly target?: string
    readonly receipts?: string
    readonly state?: string
    readonly outbox?: string
  }
  readonly interrupts: Interrupts
  /** Of an embedded partner; a target of the user's own has a command. */
  readonly restart: Restart | undefined
  /** Told after each experiment. */
  readonly onPlayed: (step: PlayedStep) => void
}

/** Plays one experiment after the other, until a signal ends that. @returns what came of those that began */
export async function playSuite(suite: Suite, stage: SuiteStage): Promise<readonly PlayedStep[]> {
  const played: PlayedStep[] = []
  for (const step of suite.plan.steps) {
    if (stage.interrupts.stop.aborted) break
    const one = await playStep(suite, stage, step, played)
    played.push(one)
    stage.onPlayed(one)
  }
  return played
}

/** What goes wrong in one experiment does not take the others with it. @throws CliError for what its user has to mend */
async function playStep(
  suite: Suite,
  stage: SuiteStage,
  step: SuiteStep,
  before: readonly PlayedStep[],
): Promise<PlayedStep> {
  const folder = step.experiment.id
  const label = `${before.length + 1} of ${suite.plan.steps.length}, ${step.experiment.title.toLowerCase()}`
  try {
    const { report } = await playSession({ ...sessionOf(suite, stage, step, before), label })
    const trouble = report === undefined ? 'it was aborted before it was judged' : ''
    return { step, folder, report: report ?? null, trouble }
  } catch (error) {
    const known = knownError(error)
    if (known === undefined || known.exitCode === EXIT.usage) throw error
    return { step, folder, report: null, trouble: known.message }
  }
}

/** @param played by an experiment before this the sending path was warmed */
function sessionOf(
  suite: Suite,
  stage: SuiteStage,
  { experiment, scenario }: SuiteStep,
  played: readonly PlayedStep[],
): Session {
  const { json, quiet, color, inconclusive, idField, iOwn, restart: command } = suite.flags
  const { id, replays, disturbance, restarts, asSecondCustomer, ownPartner } = experiment
  const { path, runId, place, interrupts, restart } = stage
  const shown = { json, quiet, color, inconclusive, interrupts, out: join(path, id) }
  if (ownPartner) return { ...shown, scenario: withoutPlace(scenario) }
  const shared = { ...shown, idField, iOwn, before: asSecondCustomer ? undefined : runsOf(played) }
  if (replays !== undefined) return { ...shared, earlier: replayed(suite, stage, replays, scenario) }
  return {
    ...shared,
    disturbance,
    ownRestart: restarts ? restart : undefined,
    runId: asSecondCustomer || id === 'steady' ? runId : undefined,
    scenario: withOverrides(scenario, {
      ...place,
      outbox: scenario.outbox && place.outbox,
      ...(asSecondCustomer && secondCustomer(suite, place)),
      ...(restarts && { restart: command }),
      ...(disturbance && { engine: 'node' }),
      ...(played.length > 0 && { warmRequests: 0 }),
    }),
  }
}

/** Runs of the first customer's: what they brought is in the store that is read for that customer. */
function runsOf(played: readonly PlayedStep[]): readonly string[] {
  return played.flatMap(({ step: { experiment }, report }) =>
    experiment.asSecondCustomer || experiment.ownPartner || report === null ? [] : report.run.id,
  )
}

/** With the partner that comes along with a run, which makes up its own keys. */
function withoutPlace(scenario: Scenario): Scenario {
  const own = Object.entries(scenario).filter(([field]) => !PLACE.includes(field))
  return parseScenario({ ...Object.fromEntries(own), warmRequests: 0 })
}

const PLACE: readonly string[] = ['target', 'apiKey', 'expiredKey', 'receipts', 'receiptsKey', 'state', 'outbox']

/** An embedded partner shows each customer their own at one place. */
export function secondCustomer({ flags }: Suite, { receipts }: SuiteStage['place']): ScenarioOverrides {
  const { secondKey, secondReceipts, secondReceiptsKey, receiptsKey } = flags
  return { apiKey: secondKey, receipts: receipts ?? secondReceipts, receiptsKey: secondReceiptsKey ?? receiptsKey }
}

/** The messages of a run that was played before, once more, and of it only what this experiment asks. */
function replayed(
  { flags, perSecond, declaredPerSecond }: Suite,
  { path, place }: SuiteStage,
  replays: 'steady' | 'again',
  { verdicts = [], skip = {}, settle }: Scenario,
): EarlierRun {
  const from = replays === 'steady' ? join(path, 'steady') : flags.again!
  const rate = `${replayPerSecond({ perSecond, declaredPerSecond })}/s`
  const earlier = replayOf(from, { ...flags, ...place }, { rate })
  const asks = { ...earlier.prepared.asks, verdicts, skipped: skip, objectives: NO_OBJECTIVES }
  const settleMs = settle === undefined ? asks.settleMs : parseDurationMs(settle)
  return { ...earlier, prepared: { ...earlier.prepared, asks: { ...asks, settleMs } } }
}
