import type { Command } from 'commander'
import { loadScenario } from '../../adapters/scenario-file.ts'
import { parseScenario, withOverrides } from '../../index.ts'
import { addRunFlags, overridesOf } from '../flags.ts'
import { addOutputFlags, type OutputFlags } from '../output-flags.ts'
import { runIdOf } from '../run-id.ts'
import { playToExit } from '../session.ts'

interface RunFlags extends OutputFlags {
  readonly out?: string
  readonly runId?: string
  readonly idField?: string
  readonly apiKey?: string
}

const HELP = `
Without --target the run is played against an embedded partner of its own. Without --receipts nothing shows what your store holds,
and the verdicts are unknown (exit 3). The first Ctrl-C stops sending, drains, audits and reports; the second aborts.

Examples:
  squall run live
  squall run live --rate 2000/s --duration 1m --target http://127.0.0.1:8080/hook --receipts http://127.0.0.1:8080/receipts
  squall run mine.yaml --target http://127.0.0.1:8080/ --receipts 'sqlite:events.db?query=SELECT id AS messageId FROM events'`

export function define(command: Command): void {
  addOutputFlags(addRunFlags(command.argument('<scenario>', 'a YAML file, or a preset by name')))
    .option('--api-key <place>', 'where the API key stands: env:NAME or file:PATH')
    .option('--id-field <name>', 'under which name receipts keep the messageId', 'messageId')
    .option('--run-id <id>', 'the name of this run, which stands in every identifier that it sends')
    .option('--out <folder>', 'where the run lands (default: reports/<time>-<id>)')
    .addHelpText('after', HELP)
    .action(runScenario)
}

async function runScenario(name: string, flags: RunFlags): Promise<void> {
  const { scenario } = await loadScenario(name, parseScenario)
  await playToExit({
    ...flags,
    scenario: withOverrides(scenario, overridesOf({ ...flags })),
    runId: flags.runId === undefined ? undefined : runIdOf(flags.runId),
    next: (folder) => `squall report ${folder} makes this report again`,
  })
}
