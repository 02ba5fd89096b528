import type { Command } from 'commander'
import { provideK6 } from '../../adapters/k6/k6-program.ts'
import { defineExport } from './k6-export.ts'
import { defineScript } from './k6-script.ts'
import { defineSummary } from './k6-summary.ts'

const INSTALL_HELP = `
Looks for a k6 that squall can run: $K6_BIN, then PATH, then squall's own cache ($XDG_CACHE_HOME/squall/bin). Where there is none it sets one up in
the cache: the official release from GitHub, whose checksum is verified ($SQUALL_K6_RELEASES names a mirror), else built by go from a pinned module.
Prints the path.`

export function define(command: Command): void {
  command.command('install').description('find a k6, or set one up').addHelpText('after', INSTALL_HELP).action(install)
  defineScript(command.command('script').description('write a plain k6 script that sends our events'))
  defineSummary(command.command('summary').description('turn the summary of that script into a result.json'))
  defineExport(command.command('export').description('write a bundle that several k6 processes share a run by'))
}

async function install(): Promise<void> {
  const { path } = await provideK6({ say: (text) => process.stderr.write(`squall: ${text}\n`) })
  process.stdout.write(`${path}\n`)
}
