import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import type { Command } from 'commander'
import { loadScenario } from '../../adapters/scenario-file.ts'
import { systemClock, systemDigest, systemRandom } from '../../adapters/system-world.ts'
import { readTlsMaterial } from '../../adapters/tls-material.ts'
import { type Prepared, parseScenario, prepare, withOverrides } from '../../index.ts'
import { CliError } from '../cli-error.ts'
import { EXIT } from '../exit-codes.ts'
import { addRunFlags, durationMs, overridesOf, wholeNumber } from '../flags.ts'
import { k6Bundle } from '../k6-bundle.ts'
import { checkK6Can } from '../k6-limits.ts'
import { letThrough, type Reachable } from '../reach.ts'
import { runIdOf } from '../run-id.ts'

interface ExportFlags {
  readonly runners: string
  readonly out: string
  readonly startsIn: string
  readonly runId?: string
  readonly iOwn?: string
}

const HELP = `
Writes what several k6 processes need to share one run: the script, the plan, what makes the corpus from the seed, a TestRun for Grafana's k6
operator, and a README with the commands. Each process plays lanes of its own; "squall merge" joins what they print. Secrets are named by
env:NAME and set where the runners are.

Examples:
  squall k6 export live --rate 20000/s --target https://partner.example/hook --runners 4 -o bundle
  squall merge parts/*.log --out reports/merged`

export function defineExport(command: Command): void {
  addRunFlags(command.argument('<scenario>', 'a YAML file, or a preset by name'))
    .requiredOption('--runners <n>', 'how many k6 processes share the run')
    .requiredOption('-o, --out <folder>', 'where the bundle goes')
    .option('--starts-in <time>', 'how long from now all runners begin', '10m')
    .option('--run-id <id>', 'the name of the run, which stands in every identifier that it sends')
    .addHelpText('after', HELP)
    .action(exportBundle)
}

async function exportBundle(name: string, flags: ExportFlags): Promise<void> {
  const { scenario } = await loadScenario(name, parseScenario)
  const prepared = prepare(withOverrides(scenario, overridesOf({ ...flags })), systemDigest)
  const { lanes, delivery } = prepared.plan
  // A runner's share of a ceiling is one request a second or more.
  const runners = wholeNumber('--runners', flags.runners, 1, Math.min(lanes, delivery.attemptsPerSecondMax || lanes))
  const startedAtMs = systemClock.wallMs() + durationMs('--starts-in', flags.startsIn)
  const id = flags.runId === undefined ? systemRandom.runId() : runIdOf(flags.runId)
  const target = await sharedTarget(prepared, flags.iOwn)
  checkK6Can(prepared, { apiKey: '', writeKey: '', headers: delivery.headers }, {})
  const facts = { prepared, target, reached: await target.preflight(), id, runners, startedAtMs }
  writeBundle(flags.out, await k6Bundle(facts))
  process.stdout.write(`${flags.out}: run ${id} for ${runners} runners, from ${new Date(startedAtMs).toISOString()}\n`)
  process.stderr.write(`squall: ${join(flags.out, 'README.md')} says how to run it and collect the result\n`)
}

/** A target that other machines may send to as well. @throws CliError, TargetRefused */
async function sharedTarget({ target, access }: Prepared, consent: string | undefined): Promise<Reachable> {
  const reachable = await letThrough(target, consent, readTlsMaterial(access))
  if (reachable === undefined) throw new CliError('--target: runners elsewhere need one; name a URL', EXIT.usage)
  if (!reachable.passage.capped) return reachable
  throw new CliError(
    '--i-own allows one machine 50 requests/s: prove that the host is yours ("squall own")',
    EXIT.refused,
  )
}

function writeBundle(folder: string, files: Readonly<Record<string, string>>): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CliError(`--out: ${folder} is not empty; name a new folder, nothing is overwritten`, EXIT.usage)
  }
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
}
