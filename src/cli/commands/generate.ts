import type { Command } from 'commander'
import { loadScenario } from '../../adapters/scenario-file.ts'
import { systemDigest } from '../../adapters/system-world.ts'
import { headerOf, messagesOf, parseScenario, prepare, withOverrides } from '../../index.ts'
import { eventsOf } from '../events-of.ts'
import { addTrafficFlags, overridesOf } from '../flags.ts'
import { groundTruth } from '../ground-truth.ts'
import { runIdOf } from '../run-id.ts'
import { START, startMsOf } from '../run-start.ts'
import { writeLines } from '../write-lines.ts'

interface GenerateFlags {
  readonly out: string
  readonly truth?: string
  readonly start: string
  readonly runId?: string
}

/** What a header says of a run that is only written down. */
const NOT_RUN = {
  target: { url: '' },
  engine: { name: 'node', version: '' },
  environment: { squall: '', runtime: '', platform: '', cpus: 0, memoryMb: 0 },
} as const

const HELP = `
The same command gives the same bytes. --truth says of each delivery which message it carries, when, and which copy it is.

Examples:
  squall generate smoke
  squall generate duplicates --events 1000 --out events.ndjson --truth truth.ndjson`

export function define(command: Command): void {
  addTrafficFlags(command.argument('<scenario>', 'a YAML file, or a preset by name'))
    .option('--out <file>', 'where the events go; -: stdout', '-')
    .option('--truth <file>', 'where their ground truth goes')
    .option('--start <time>', 'moment of the first delivery', START)
    .option('--run-id <id>', 'the run that the events belong to (from the traffic itself unless given)')
    .addHelpText('after', HELP)
    .action(generate)
}

async function generate(name: string, flags: GenerateFlags): Promise<void> {
  const startedAtMs = startMsOf(flags.start)
  const { scenario } = await loadScenario(name, parseScenario)
  const prepared = prepare(withOverrides(scenario, overridesOf({ ...flags })), systemDigest)
  const id = runIdOf(flags.runId ?? prepared.planHash.slice(0, 8))
  const traffic = messagesOf(prepared, headerOf(prepared, { ...NOT_RUN, id, startedAtMs }))
  await writeLines(eventsOf(prepared.plan, traffic), flags.out)
  if (flags.truth !== undefined) await writeLines(groundTruth(prepared.plan, prepared.schedule, traffic), flags.truth)
}
