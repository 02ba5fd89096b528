import type { Command } from 'commander'
import { resultJsonSchema, scenarioJsonSchema } from '../../index.ts'
import { CliError } from '../cli-error.ts'
import { EXIT } from '../exit-codes.ts'

const SCHEMAS: Readonly<Record<string, () => object>> = { result: resultJsonSchema, scenario: scenarioJsonSchema }

export function define(command: Command): void {
  command.argument('<which>', Object.keys(SCHEMAS).join(' or ')).action(printSchema)
}

function printSchema(which: string): void {
  const schema = SCHEMAS[which]
  if (!schema)
    throw new CliError(`there is no schema "${which}"; there are ${Object.keys(SCHEMAS).join(', ')}`, EXIT.usage)
  process.stdout.write(`${JSON.stringify(schema(), null, 2)}\n`)
}
