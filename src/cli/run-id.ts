import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

const RUN_ID = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/

/** The id of a run as `--run-id` gives it. @throws CliError */
export function runIdOf(text: string): string {
  if (RUN_ID.test(text)) return text
  throw new CliError(
    `--run-id: "${text}" cannot be one; take up to 32 lower-case letters, digits and inner hyphens`,
    EXIT.usage,
  )
}
