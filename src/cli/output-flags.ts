import type { Command } from 'commander'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** How a command answers. */
export interface OutputFlags {
  /** The result as JSON on stdout, and nothing else there. */
  readonly json: boolean
  readonly quiet: boolean
  /** False with --no-color. */
  readonly color: boolean
  /** What an unknown verdict does to the exit code. */
  readonly inconclusive: 'fail' | 'warn'
}

export function addOutputFlags(command: Command): Command {
  return command
    .option('--json', 'the result as JSON on stdout, and nothing else there', false)
    .option('--quiet', 'no progress', false)
    .option('--no-color', 'no colours')
    .option(
      '--inconclusive <mode>',
      'what an unknown verdict does to the exit code: fail (3) or warn (0)',
      inconclusive,
      'fail',
    )
}

function inconclusive(text: string): 'fail' | 'warn' {
  if (text === 'fail' || text === 'warn') return text
  throw new CliError(`--inconclusive: "${text}" is neither fail nor warn`, EXIT.usage)
}
