import { EXIT } from './exit-codes.ts'
import { knownError } from './known-error.ts'
import { programFor } from './program.ts'
import { sanitize } from './terminal/sanitize.ts'

/** Does what a command line asks for. What comes of it, a complaint as well, stands in the process's exit code. */
export async function obey(args: readonly string[]): Promise<void> {
  try {
    const program = await programFor(args)
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = explain(error)
  }
}

/** Says what went wrong. @returns the exit code */
function explain(error: unknown): number {
  if (isCommanderError(error)) return error.exitCode === 0 ? 0 : EXIT.usage
  const known = knownError(error)
  if (known) {
    process.stderr.write(`squall: ${sanitize(known.message, 2000)}\n`)
    return known.exitCode
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`squall: this is a bug of squall; please report it with what follows\n${stack}\n`)
  return EXIT.bug
}

/** Commander has said its own line already. */
function isCommanderError(error: unknown): error is Error & { exitCode: number } {
  return error instanceof Error && error.name === 'CommanderError' && 'exitCode' in error
}
