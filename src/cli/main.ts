import { obey } from './obey.ts'
import { forgetEmptyForceColor } from './terminal/colors.ts'

forgetEmptyForceColor(process.env)
process.stdout.on('error', quietWhenReaderLeft)

await obey(process.argv.slice(2))

/** `squall … | head`: whoever read has enough. */
function quietWhenReaderLeft(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit()
}
