import { join } from 'node:path'
import { type PlayedStep, replayPerSecond, type SuiteStep } from '../../experiments/prove.ts'
import { parseDurationMs, type Scenario, type ScenarioOverrides, withOverrides } from '../../index.ts'
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
  readonly place: { readonly target?: string; readonly receipts?: string; readonly state?: string }
  readonly interrupts: Interrupts
  /** Of an embedded partner; a target of the user's own has a command. */
  readonly restart: Restart | undefined
  /** Told after each experiment. */
  readonly onPlayed: (step: PlayedStep) => void
}

/** Plays one experiment after the other, until a signal ends that. @returns what came of those that began */
export async function playSuite(suite: Suite, stage: SuiteStage): Promise<readonly PlayedStep[]> {
  const played: PlayedStep[] = []
  for (const [i, step] of suite.plan.steps.entries()) {
    if (stage.interrupts.stop.aborted) break
    const one = await playStep(suite, stage, step, i)
    played.push(one)
    stage.onPlayed(one)
  }
  return played
}

/** What goes wrong in one experiment does not take the others with it. @throws CliError for what its user has to mend */
async function playStep(suite: Suite, stage: SuiteStage, step: SuiteStep, i: number): Promise<PlayedStep> {
  const folder = step.experiment.id
  const label = `${i + 1} of ${suite.plan.steps.length}, ${step.experiment.title.toLowerCase()}`
  try {
    const { report } = await playSession({ ...sessionOf(suite, stage, step, i > 0), label })
    const trouble = report === undefined ? 'it was aborted before it was judged' : ''
    return { step, folder, report: report ?? null, trouble }
  } catch (error) {
    const known = knownError(error)
    if (known === undefined || known.exitCode === EXIT.usage) throw error
    return { step, folder, report: null, trouble: known.message }
  }
}

/** @param warm the sending path was warmed by an experiment before */
function sessionOf(suite: Suite, stage: SuiteStage, { experiment, scenario }: SuiteStep, warm: boolean): Session {
  const { json, quiet, color, inconclusive, idField, iOwn, restart: command } = suite.flags
  const { id, replays, disturbance, restarts, asSecondCustomer } = experiment
  const { path, runId, place, interrupts, restart } = stage
  const shared = { json, quiet, color, inconclusive, idField, iOwn, interrupts, out: join(path, id) }
  if (replays !== undefined) return { ...shared, earlier: replayed(suite, stage, replays, scenario) }
  return {
    ...shared,
    disturbance,
    ownRestart: restarts ? restart : undefined,
    runId: asSecondCustomer || id === 'steady' ? runId : undefined,
    scenario: withOverrides(scenario, {
      ...place,
      ...(asSecondCustomer && secondCustomer(suite, place)),
      ...(restarts && { restart: command }),
      ...(disturbance && { engine: 'node' }),
      ...(warm && { warmRequests: 0 }),
    }),
  }
}

/** An embedded partner shows each customer their own at one place. */
function secondCustomer({ flags }: Suite, { receipts }: SuiteStage['place']): ScenarioOverrides {
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
