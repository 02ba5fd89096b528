import type { Command } from 'commander'
import { loadScenario } from '../../adapters/scenario-file.ts'
import { parseScenario, withOverrides } from '../../index.ts'
import { CliError } from '../cli-error.ts'
import { cutRun, type EarlierFlags } from '../earlier-run.ts'
import { EXIT } from '../exit-codes.ts'
import { addRunFlags, overridesOf } from '../flags.ts'
import { addOutputFlags, type OutputFlags } from '../output-flags.ts'
import { runIdOf } from '../run-id.ts'
import { playToExit } from '../session.ts'

interface RunFlags extends OutputFlags, EarlierFlags {
  readonly out?: string
  readonly runId?: string
  readonly idField?: string
  readonly iOwn?: string
  readonly resume?: string
}

const HELP = `
Without --target the run is played against an embedded partner of its own. Without --receipts nothing shows what your store holds,
and the verdicts are unknown (exit 3). The first Ctrl-C stops sending, drains, audits and reports; the second aborts.

A run that was cut off (killed, disk full, second Ctrl-C) goes on with --resume: what ended is not sent again, what may have arrived
counts as an attempt that met silence. The time in between is left out of the run's time. Its plan stands; give --receipts and the
places of keys again. What k6 began squall itself goes on with: --resume RUN --engine node.

Examples:
  squall run live
  squall run live --engine k6
  squall run --resume reports/<run>
  squall run live --rate 2000/s --duration 1m --target http://127.0.0.1:8080/hook --receipts http://127.0.0.1:8080/receipts
  squall run mine.yaml --target http://127.0.0.1:8080/ --receipts 'sqlite:events.db?query=SELECT id AS messageId FROM events'`

export function define(command: Command): void {
  addOutputFlags(addRunFlags(command.argument('[scenario]', 'a YAML file, or a preset by name')))
    .option('--resume <run>', 'go on with a run that was cut off, in its folder')
    .option('--id-field <name>', 'under which name receipts keep the messageId', 'messageId')
    .option('--run-id <id>', 'the name of this run, which stands in every identifier that it sends')
    .option('--out <folder>', 'where the run lands (default: reports/<time>-<id>)')
    .addHelpText('after', HELP)
    .action(runScenario)
}

async function runScenario(name: string | undefined, flags: RunFlags, command: Command): Promise<void> {
  if (flags.resume !== undefined) return resume(name, flags.resume, flags, command)
  if (name === undefined) throw new CliError("which scenario? Name a YAML file or a preset, such as 'live'", EXIT.usage)
  const { scenario } = await loadScenario(name, parseScenario)
  await playToExit({
    ...flags,
    scenario: withOverrides(scenario, overridesOf({ ...flags })),
    runId: flags.runId === undefined ? undefined : runIdOf(flags.runId),
    next: (folder) => `squall report ${folder} makes this report again`,
  })
}

/** Flags that may be given beside --resume: none that would make it another run. */
const BESIDE_RESUME: readonly string[] = [
  ...[
    'resume',
    'engine',
    'target',
    'iOwn',
    'receipts',
    'idField',
    'state',
    'apiKey',
    'expiredKey',
    'sharedSecret',
    'receiptsKey',
    'ca',
    'cert',
    'key',
  ],
  ...['json', 'quiet', 'color', 'inconclusive'],
]

async function resume(name: string | undefined, path: string, flags: RunFlags, command: Command): Promise<void> {
  if (name !== undefined) throw new CliError(`--resume: ${path} has its own plan; leave "${name}" out`, EXIT.usage)
  const given = command.options.map((one) => one.attributeName())
  const other = given.find((one) => command.getOptionValueSource(one) === 'cli' && !BESIDE_RESUME.includes(one))
  if (other !== undefined) {
    const { long } = command.options.find((one) => one.attributeName() === other)!
    throw new CliError(`${long}: a resumed run keeps its own plan; leave the flag out, or begin a new run`, EXIT.usage)
  }
  const next = (folder: string): string => `squall report ${folder} makes this report again`
  await playToExit({ ...flags, earlier: cutRun(path, flags), next })
}
