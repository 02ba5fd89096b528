import process from 'node:process'
import type { Command } from 'commander'
import { ledgerPath, nextAuditFile, openLedgerSink } from '../../adapters/ledger-file.ts'
import { loadScenario } from '../../adapters/scenario-file.ts'
import { systemDigest } from '../../adapters/system-world.ts'
import { type Rehearsal, rehearse } from '../../experiments/rehearse.ts'
import { type LedgerBytes, type Prepared, parseScenario, prepare, withOverrides } from '../../index.ts'
import { CliError } from '../cli-error.ts'
import { EXIT } from '../exit-codes.ts'
import { addRunFlags, durationMs, gathered, overridesOf } from '../flags.ts'
import { recordOf, reportInto } from '../judge-run.ts'
import { addOutputFlags, type OutputFlags } from '../output-flags.ts'
import { openProgress } from '../progress.ts'
import { createRunFolder } from '../run-folder.ts'
import { runIdOf } from '../run-id.ts'
import { START, startMsOf } from '../run-start.ts'
import { showResult } from '../show-result.ts'
import { squallVersion } from '../version.ts'

interface RehearseFlags extends OutputFlags {
  readonly fault: readonly string[]
  readonly crashAt?: string
  readonly start: string
  readonly runId?: string
  readonly out?: string
  readonly [name: string]: unknown
}

const HELP = `
Hours pass in seconds, and nothing is sent: the partner and the network are simulated, with the faults of the scenario and those given here.
The same command gives the same bytes. Target, receipts and keys of the scenario are left aside.

Examples:
  squall rehearse outage
  squall rehearse live --rate 1/s --duration 4h --time-scale 1 --drain 5h --fault 'status:503@1h-3h'
  squall rehearse demo --fault 'acks-before-persist' --crash-at 12s`

export function define(command: Command): void {
  addOutputFlags(addRunFlags(command.argument('<scenario>', 'a YAML file, or a preset by name')))
    .option(
      '--fault <spec>',
      "what the partner does wrong beside the scenario's faults; may be given again",
      gathered,
      [],
    )
    .option('--crash-at <time>', 'when the partner is killed and comes up again, such as 10s')
    .option('--start <time>', 'moment of the first delivery', START)
    .option('--run-id <id>', 'the name of this run (from the traffic itself unless given)')
    .option('--out <folder>', 'where the run is written (unless given: nowhere)')
    .addHelpText('after', HELP)
    .action(rehearseScenario)
}

async function rehearseScenario(name: string, flags: RehearseFlags): Promise<void> {
  refuseTheOutside(flags)
  const { scenario } = await loadScenario(name, parseScenario)
  const prepared = prepare(withOverrides(scenario, overridesOf(flags)), systemDigest)
  const start = {
    id: runIdOf(flags.runId ?? prepared.planHash.slice(0, 8)),
    startedAtMs: startMsOf(flags.start),
    environment: ENVIRONMENT,
  }
  const crashAtMs = flags.crashAt === undefined ? undefined : durationMs('--crash-at', flags.crashAt)
  const progress = await openProgress(flags, prepared, `${prepared.plan.scenario} · rehearsal ${start.id}`)
  const rehearsal = await rehearse(prepared, {
    digest: systemDigest,
    start,
    faults: [...prepared.partner.faults, ...flags.fault],
    seed: prepared.plan.seed,
    onSnapshot: progress.show,
    ...(crashAtMs !== undefined && { crashAtMs }),
  }).finally(progress.close)
  process.exitCode = conclude(rehearsal, prepared, flags)
}

/** The machine does not matter: the same bytes everywhere. */
const ENVIRONMENT = {
  squall: squallVersion(),
  runtime: 'virtual time',
  platform: 'simulated',
  cpus: 0,
  memoryMb: 0,
} as const

const OUTSIDE: readonly (readonly [flag: string, option: string])[] = [
  ['--target', 'target'],
  ['--receipts', 'receipts'],
  ['--receipts-key', 'receiptsKey'],
  ['--state', 'state'],
  ['--outbox', 'outbox'],
  ['--discards', 'discards'],
  ['--ca', 'ca'],
  ['--cert', 'cert'],
  ['--key', 'key'],
]

/** @throws CliError for a flag that names something outside: it would not be used */
function refuseTheOutside(flags: RehearseFlags): void {
  const given = OUTSIDE.find(([, option]) => flags[option] !== undefined)
  if (given === undefined) return
  throw new CliError(
    `${given[0]}: a rehearsal reaches nobody; leave it out, or play it for real: squall run`,
    EXIT.usage,
  )
}

function conclude(rehearsal: Rehearsal, prepared: Prepared, flags: RehearseFlags): number {
  if (!flags.json)
    process.stdout.write(' A rehearsal in virtual time: the partner is simulated, and nothing was sent.\n')
  if (flags.out === undefined) {
    return showResult(
      rehearsal.report,
      flags,
      'not written (--out FOLDER writes it)',
      `squall run ${prepared.plan.scenario} plays it for real`,
    )
  }
  const path = written(rehearsal, prepared, flags.out)
  return showResult(rehearsal.report, flags, path, `squall report ${path} makes this report again`)
}

/** A run's folder, as if it had been played for real. */
function written({ record }: Rehearsal, prepared: Prepared, out: string): string {
  const folder = createRunFolder(out, record.header.id, record.header.startedAtMs)
  const [run, ...audits] = record.files
  if (run) writeLedger(ledgerPath(folder.path, 'node-0'), run)
  for (const audit of audits) writeLedger(nextAuditFile(folder.path).path, audit)
  reportInto(folder, { record: recordOf(folder, prepared.corpus) })
  return folder.path
}

function writeLedger(path: string, bytes: LedgerBytes): void {
  const sink = openLedgerSink(path)
  for (const chunk of bytes()) sink.write(chunk)
  sink.close()
}
