import { createReadStream } from 'node:fs'
import process from 'node:process'
import type { Command } from 'commander'
import { eventLines } from '../../adapters/event-lines.ts'
import { systemClock } from '../../adapters/system-world.ts'
import type { LintProfile, LintReport } from '../../index.ts'
import { Linter } from '../../lint/linter.ts'
import { CliError } from '../cli-error.ts'
import { EXIT } from '../exit-codes.ts'
import { openStepProgress, SILENT_STEPS } from '../step-progress.ts'
import { paintFor } from '../terminal/colors.ts'
import { renderLint } from '../terminal/lint-view.ts'

interface LintFlags {
  readonly profile?: LintProfile
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

/** What is sent to Segment has rules of its own; whatever Segment delivers is held against the Spec. */
const PROFILES: Readonly<Record<string, LintProfile>> = {
  subscription: 'spec',
  webhook: 'spec',
  actions: 'spec',
  stream: 'stream',
}
const CHUNK_BYTES = 256 * 1024

const HELP = `
A line is an event, an array of events, a batch, or a captured request: {"method": "POST", "url": "…", "headers": {…}, "body": {…}}, its body
as JSON or as text. A JSON document of several lines is read whole. A line that cannot be read is an error of its own, and the rest goes on.
--profile stream adds what is asked of a Stream partner, and lists the events sent.
Exit 0 without errors (warnings are none), 1 with errors, 2 when there is nothing to read.

Examples:
  squall generate live --events 10000 | squall lint
  squall lint events.ndjson --profile stream
  squall lint captured.ndjson --json`

export function define(command: Command): void {
  command
    .argument('[file]', 'NDJSON: events or captured requests; -: stdin', '-')
    .option('--profile <name>', `whose rules: ${Object.keys(PROFILES).join(', ')}`, profileOf)
    .option('--json', 'what was found as JSON', false)
    .option('--quiet', 'no progress', false)
    .option('--no-color', 'no colours')
    .addHelpText('after', HELP)
    .action(lint)
}

async function lint(file: string, flags: LintFlags): Promise<void> {
  const report = await lintOf(chunksOf(file), flags)
  if (report.lines === 0)
    throw new CliError(`${nameOf(file)}: there is nothing to lint; give one event a line`, EXIT.usage)
  const paint = paintFor(process.stdout, flags.color)
  const width = Math.min(120, Math.max(80, process.stdout.columns ?? 100))
  process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : renderLint(report, width, paint))
  process.exitCode = report.errors > 0 ? EXIT.fail : EXIT.ok
}

async function lintOf(chunks: AsyncIterable<Uint8Array>, flags: LintFlags): Promise<LintReport> {
  const linter = new Linter(flags.profile ?? 'spec')
  const progress = flags.quiet ? SILENT_STEPS : openStepProgress(process.stderr, 'lines linted', 0, systemClock.nowMs)
  try {
    for await (const lines of eventLines(chunks)) {
      for (const { number, text } of lines) linter.take(text, number)
      progress.show(lines.at(-1)?.number ?? 0)
    }
  } finally {
    progress.close()
  }
  return linter.report()
}

function chunksOf(file: string): AsyncIterable<Uint8Array> {
  if (file !== '-') return createReadStream(file, { highWaterMark: CHUNK_BYTES })
  if (process.stdin.isTTY) throw new CliError('there is nothing on stdin; name a file, or pipe events in', EXIT.usage)
  return process.stdin
}

function nameOf(file: string): string {
  return file === '-' ? 'stdin' : file
}

/** @throws CliError */
function profileOf(name: string): LintProfile {
  const profile = Object.hasOwn(PROFILES, name) ? PROFILES[name] : undefined
  if (profile !== undefined) return profile
  throw new CliError(`--profile: "${name}" is none of ${Object.keys(PROFILES).join(', ')}`, EXIT.usage)
}
