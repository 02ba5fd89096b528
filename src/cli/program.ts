import { Command, Help, type Option } from 'commander'
import { spareMemory } from '../adapters/spare-memory.ts'
import { EXIT_CODES_HELP } from './exit-codes.ts'
import { squallVersion } from './version.ts'

/** A command's own module: says its arguments and flags, and what it does. Loaded only when it is asked for. */
interface CommandModule {
  define(command: Command): void
}

interface CommandEntry {
  readonly name: string
  readonly summary: string
  load(): Promise<CommandModule>
  /** It makes much garbage and keeps little: see `spareMemory`. */
  readonly sparing?: true
}

const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'demo',
    summary: 'play a run against the embedded partner and judge it; --broken NAME shows a failing one',
    load: () => import('./commands/demo.ts'),
  },
  { name: 'run', summary: 'deliver a scenario and judge it', load: () => import('./commands/run.ts') },
  {
    name: 'prove',
    summary: 'play a suite of experiments and write the document that shows replay readiness',
    load: () => import('./commands/prove.ts'),
  },
  {
    name: 'rehearse',
    summary: 'play a scenario in virtual time against a simulated partner: hours in seconds, and nothing is sent',
    load: () => import('./commands/rehearse.ts'),
  },
  { name: 'replay', summary: 'send the messages of an earlier run again', load: () => import('./commands/replay.ts') },
  {
    name: 'generate',
    summary: 'write Spec events as NDJSON, with their ground truth',
    load: () => import('./commands/generate.ts'),
    sparing: true,
  },
  {
    name: 'lint',
    summary: 'check events or captured requests against the Spec and the Stream rules',
    load: () => import('./commands/lint.ts'),
  },
  {
    name: 'receive',
    summary: 'an embedded endpoint to test against, with faults on demand',
    load: () => import('./commands/receive.ts'),
  },
  { name: 'report', summary: 'make the report of a run again', load: () => import('./commands/report.ts') },
  {
    name: 'audit',
    summary: 'judge a run against receipts that came later',
    load: () => import('./commands/audit.ts'),
    sparing: true,
  },
  {
    name: 'merge',
    summary: 'join what several processes of one run left into one result, losslessly',
    load: () => import('./commands/merge.ts'),
  },
  {
    name: 'send',
    summary: 'send one event, and show the request and the response in full',
    load: () => import('./commands/send.ts'),
  },
  {
    name: 'init',
    summary: 'write a commented scenario to start from',
    load: () => import('./commands/init.ts'),
  },
  { name: 'doctor', summary: 'is this machine fit for load', load: () => import('./commands/doctor.ts') },
  {
    name: 'own',
    summary: 'how to show that a host is yours, so that load may go there',
    load: () => import('./commands/own.ts'),
  },
  { name: 'k6', summary: 'get k6, and use it by itself or on more machines', load: () => import('./commands/k6.ts') },
  { name: 'schema', summary: 'print the JSON Schemas', load: () => import('./commands/schema.ts') },
]

const EXAMPLES = `Examples:
  squall demo                                          see it work, in under a minute
  squall demo --broken loses                           see what a partner that loses events looks like
  squall run live --target http://127.0.0.1:8080/hook --receipts 'sqlite:events.db?query=SELECT …'
  squall run my-scenario.yaml --rate 2000/s --duration 5m
  squall generate smoke --out events.ndjson --truth truth.ndjson
  squall report reports/<run>
`

/** The program, with the flags of that command which `args` ask for. */
export async function programFor(args: readonly string[]): Promise<Command> {
  const program = new Command('squall')
    .description('Measures and proves what an endpoint does with Segment traffic.')
    .usage('COMMAND [options]')
    .version(squallVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .configureHelp({ optionDescription: descriptionOf })
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`${oneLine(text)}\n`) })
    .addHelpText('before', `${EXAMPLES}`)
    .addHelpText('after', `\n${EXIT_CODES_HELP}`)
  const asked = args.filter((arg) => !arg.startsWith('-'))
  for (const entry of COMMANDS) await add(program, entry, asked.slice(0, 2).includes(entry.name))
  return program
}

async function add(program: Command, entry: CommandEntry, asked: boolean): Promise<void> {
  const command = program.command(entry.name).description(entry.summary)
  if (!asked) return
  if (entry.sparing) spareMemory()
  const { define } = await entry.load()
  define(command)
}

/** That a switch is off and a list is empty goes without saying. */
function descriptionOf(option: Option): string {
  const { defaultValue, description } = option
  const isNothing = defaultValue === false || (Array.isArray(defaultValue) && defaultValue.length === 0)
  return isNothing ? description : Help.prototype.optionDescription(option)
}

/** `error: unknown option '--rat'⏎(Did you mean --rate?)` → one line */
function oneLine(text: string): string {
  const line = text
    .trim()
    .replace(/^error: /, 'squall: ')
    .replace(/\s*\n\s*/g, ' ')
  return /\(Did you mean/.test(line) ? line : `${line} (squall --help shows what there is)`
}
