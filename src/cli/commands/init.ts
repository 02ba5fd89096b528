import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Command } from 'commander'
import { scenarioJsonSchema } from '../../scenario/parse.ts'
import { CliError } from '../cli-error.ts'
import { EXIT } from '../exit-codes.ts'
import { startingScenario } from '../starting-scenario.ts'

const SCHEMA = 'squall.schema.json'

const HELP = `
Writes a commented scenario, and beside it the JSON Schema (${SCHEMA}) with which editors complete it. Nothing is overwritten.

Examples:
  squall init
  squall init scenarios/launch.yaml`

export function define(command: Command): void {
  command.argument('[file]', 'where the scenario goes', 'squall.yaml').addHelpText('after', HELP).action(init)
}

function init(file: string): void {
  if (!/\.ya?ml$/.test(file)) throw new CliError(`${file}: a scenario's name ends in .yaml`, EXIT.usage)
  const schema = join(dirname(file), SCHEMA)
  const schemaText = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`
  if (existsSync(file)) throw inTheWay(file)
  if (!existsSync(schema)) writeFileSync(schema, schemaText, { flag: 'wx' })
  else if (readFileSync(schema, 'utf8') !== schemaText) throw inTheWay(schema)
  writeFileSync(file, startingScenario(nameOf(file), SCHEMA), { flag: 'wx' })
  const next = `squall run ${asArgument(file)}`
  process.stdout.write(`${file}: a scenario to start from\n${schema}: its schema, for editors\n\nnext: ${next}\n`)
}

function inTheWay(path: string): CliError {
  return new CliError(`${path} is there already, and nothing is overwritten; name another, or move it away`, EXIT.usage)
}

/** The file's, as far as a scenario may be called so. */
function nameOf(file: string): string {
  const words = basename(file)
    .replace(/\.ya?ml$/, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  return words?.join('-') ?? 'scenario'
}

function asArgument(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`
}
