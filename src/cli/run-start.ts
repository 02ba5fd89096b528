import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** Moment 0 of what is written down or rehearsed, so that the same command gives the same bytes. */
export const START = '2026-01-01T00:00:00Z'

/** What `--start` gives, in epoch milliseconds. @throws CliError */
export function startMsOf(text: string): number {
  const ms = Date.parse(text)
  if (!Number.isNaN(ms)) return ms
  throw new CliError(`--start: "${text}" is not a moment; write it as ${START}`, EXIT.usage)
}
