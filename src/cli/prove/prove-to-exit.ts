import { join } from 'node:path'
import process from 'node:process'
import { systemClock, systemRandom } from '../../adapters/system-world.ts'
import { type Interrupts, watchInterrupts } from '../interrupts.ts'
import { recordOf } from '../judge-run.ts'
import { crashOf } from '../restart.ts'
import { createSuiteFolder, existingRunFolder } from '../run-folder.ts'
import { paintFor } from '../terminal/colors.ts'
import { sanitize } from '../terminal/sanitize.ts'
import { renderSuitePlan } from '../terminal/suite-view.ts'
import { checkSuite } from './check-suite.ts'
import { concludeSuite } from './conclude-suite.ts'
import { OWN_EXPECT, startSuitePartner, withEmbedded } from './embedded-suite.ts'
import { playSuite, type SuiteStage } from './play-suite.ts'
import { readExpectations } from './read-expectations.ts'
import { type Suite, suiteOf } from './suite.ts'
import type { SuiteFlags } from './suite-flags.ts'
import { writeExperiment } from './suite-folder.ts'

/** Says what the suite does, does it, writes the document and leaves the exit code to the process. */
export async function proveToExit(flags: SuiteFlags): Promise<void> {
  const isEmbedded = flags.target === undefined
  const expect = flags.expect === undefined ? undefined : await readExpectations(flags.expect)
  const means = { againEvents: againEvents(flags), expect, isEmbedded }
  const suite = isEmbedded
    ? suiteOf(withEmbedded(flags), { ...means, expect: expect ?? OWN_EXPECT })
    : suiteOf(flags, means)
  const target = flags.target ?? 'an embedded partner'
  if (flags.plan) {
    process.stdout.write(flags.json ? planJson(suite) : planText(suite, target, process.stdout))
    return
  }
  const troubles = isEmbedded ? [] : await checkSuite(suite)
  if (!flags.quiet) process.stderr.write(`${planText(suite, target, process.stderr)}\n`)
  for (const line of troubles) process.stderr.write(`squall: ${sanitize(line, 600)}\n`)
  const interrupts = watchInterrupts((line) => process.stderr.write(`squall: ${line}\n`))
  try {
    const exitCode = await prove(suite, isEmbedded, interrupts)
    if (interrupts.abort.aborted) process.exit(exitCode)
    process.exitCode = exitCode
  } finally {
    interrupts.release()
  }
}

async function prove(suite: Suite, isEmbedded: boolean, interrupts: Interrupts): Promise<number> {
  const { flags, plan, seed } = suite
  const startedAtMs = systemClock.wallMs()
  const id = systemRandom.runId()
  const folder = createSuiteFolder(flags.out ?? join('reports', `${timeName(startedAtMs)}-prove-${id}`))
  const runs: Record<string, string> = {}
  writeExperiment(folder, id, plan, runs)
  const partner = isEmbedded ? await startSuitePartner(folder.path, seed) : undefined
  const place = partner && {
    target: partner.url,
    receipts: partner.receipts,
    state: partner.state,
    outbox: partner.outbox,
  }
  const stage: SuiteStage = {
    path: folder.path,
    runId: id,
    place: place ?? {},
    interrupts,
    restart: partner && crashOf(partner),
    onPlayed({ step, report }) {
      if (report !== null) runs[step.experiment.id] = report.run.id
      writeExperiment(folder, id, plan, runs)
    },
  }
  try {
    const played = await playSuite(suite, stage)
    return concludeSuite(suite, { id, folder, startedAtMs, interrupts, place }, played)
  } finally {
    await partner?.stop()
  }
}

/** How many events the run has that is to be replayed; null: none is. */
function againEvents({ again }: SuiteFlags): number | null {
  if (again === undefined) return null
  return recordOf(existingRunFolder(again)).header.planned.first
}

function timeName(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 19).replaceAll(':', '-')
}

function planText({ plan, flags }: Suite, target: string, stream: NodeJS.WriteStream): string {
  return renderSuitePlan(plan, target, stream.columns ?? 100, paintFor(stream, flags.color))
}

function planJson({ plan }: Suite): string {
  const { steps, notTested, events, deliveries, seconds } = plan
  const shown = steps.map(({ experiment: { id, title, about }, scenario, ...sizes }) => ({
    id,
    title,
    about,
    ...sizes,
    scenario,
  }))
  return `${JSON.stringify({ events, deliveries, seconds, experiments: shown, notTested }, null, 2)}\n`
}
