import { join } from 'node:path'
import process from 'node:process'
import { masked } from '../../adapters/receipts/masked.ts'
import { systemClock } from '../../adapters/system-world.ts'
import { type PlayedStep, readinessOf } from '../../experiments/prove.ts'
import { type Readiness, readinessAnswer, type ScenarioOverrides } from '../../index.ts'
import { environment } from '../environment.ts'
import { EXIT } from '../exit-codes.ts'
import type { Interrupts } from '../interrupts.ts'
import type { RunFolder } from '../run-folder.ts'
import { paintFor } from '../terminal/colors.ts'
import { renderReadiness } from '../terminal/suite-view.ts'
import type { Suite } from './suite.ts'
import { suiteCommand } from './suite-command.ts'
import { writeReadiness } from './suite-folder.ts'

/** How and where a suite was played. */
export interface SuiteEnd {
  readonly id: string
  readonly folder: RunFolder
  readonly startedAtMs: number
  readonly interrupts: Interrupts
  /** Of an embedded partner. */
  readonly place: Pick<ScenarioOverrides, 'target' | 'receipts'> | undefined
}

/** Writes the document and prints the answer. @returns the exit code */
export function concludeSuite(suite: Suite, end: SuiteEnd, played: readonly PlayedStep[]): number {
  const { flags } = suite
  const readiness = documentOf(suite, end, played)
  writeReadiness(end.folder, readiness)
  process.stdout.write(
    flags.json ? `${JSON.stringify(readiness, null, 2)}\n` : shown(readiness, suite, end.folder.path),
  )
  const { exitCode } = readiness.suite
  return exitCode === EXIT.inconclusive && flags.inconclusive === 'warn' ? EXIT.ok : exitCode
}

function documentOf(
  { flags, plan, seed, declaredPerSecond }: Suite,
  { id, startedAtMs, interrupts, place }: SuiteEnd,
  played: readonly PlayedStep[],
): Readiness {
  return readinessOf({
    plan,
    played,
    declaredPerSecond,
    suite: {
      id,
      seed,
      startedAt: new Date(startedAtMs).toISOString(),
      endedAt: new Date(systemClock.wallMs()).toISOString(),
      command: suiteCommand(argumentsAfter(process.argv, 'prove'), seed),
      complete: played.length === plan.steps.length && interrupts.signal() === undefined,
    },
    target: place?.target ?? flags.target ?? '',
    receipts: masked(place?.receipts ?? flags.receipts ?? ''),
    environment: environment(),
    codes: codesOf(played, interrupts),
  })
}

/** What ended runs before their time: a machine in trouble, a signal. */
function codesOf(played: readonly PlayedStep[], interrupts: Interrupts): number[] {
  const signal = interrupts.signal()
  const own = signal === undefined ? [] : [signal === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted]
  return [...own, ...played.flatMap(({ report }) => (report?.run.exitCode === EXIT.local ? EXIT.local : []))]
}

function argumentsAfter(args: readonly string[], word: string): readonly string[] {
  return args.slice(args.indexOf(word) + 1)
}

function shown(readiness: Readiness, { flags }: Suite, path: string): string {
  return renderReadiness(readiness, {
    width: process.stdout.columns ?? 100,
    paint: paintFor(process.stdout, flags.color),
    answer: readinessAnswer(readiness).text,
    path: join(path, 'readiness.html'),
  })
}
