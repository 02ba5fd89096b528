import { EXIT } from './exit-codes.ts'
import { knownError } from './known-error.ts'
import { obey } from './obey.ts'
import { forgetEmptyForceColor } from './terminal/colors.ts'

forgetEmptyForceColor(process.env)
process.stdout.on('error', endWithoutOutput)

await obey(process.argv.slice(2))

/** `squall … | head`: whoever read has enough. Any other trouble is said where something can still be said. */
function endWithoutOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit()
  process.stderr.write(`squall: ${knownError(Object.assign(error, { path: 'stdout' }))?.message ?? error.message}\n`)
  process.exit(EXIT.local)
}
