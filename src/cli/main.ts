import { EXIT } from './exit-codes.ts'
import { knownError } from './known-error.ts'
import { programFor } from './program.ts'
import { forgetEmptyForceColor } from './terminal/colors.ts'
import { sanitize } from './terminal/sanitize.ts'

forgetEmptyForceColor(process.env)
process.stdout.on('error', quietWhenReaderLeft)

try {
  const program = await programFor(process.argv.slice(2))
  await program.parseAsync()
} catch (error) {
  process.exitCode = explain(error)
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

/** `squall … | head`: whoever read has enough. */
function quietWhenReaderLeft(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit()
}
