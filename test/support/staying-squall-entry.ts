import { obey } from '../../src/cli/obey.ts'
import { type Asked, SAID_ALL } from './staying-squall.ts'

const home = process.cwd()

/** Obeys one command line after another. */
process.on('message', async ({ args, env, cwd }: Asked) => {
  process.argv.splice(2, process.argv.length, ...args)
  process.exitCode = undefined
  Object.assign(process.env, env)
  process.chdir(cwd)
  await obey(args)
  process.chdir(home)
  for (const name of Object.keys(env)) delete process.env[name]
  for (const stream of [process.stdout, process.stderr]) stream.write(SAID_ALL)
  process.send!(process.exitCode ?? 0)
})
