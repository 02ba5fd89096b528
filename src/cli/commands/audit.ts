import type { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { EXIT } from '../exit-codes.ts'
import { durationMs } from '../flags.ts'
import { auditInto, recordOf, reportInto } from '../judge-run.ts'
import { addOutputFlags, type OutputFlags } from '../output-flags.ts'
import { existingRunFolder } from '../run-folder.ts'
import { openReceipts } from '../session.ts'
import { showResult } from '../show-result.ts'

interface AuditFlags extends OutputFlags {
  readonly receipts: string
  readonly idField?: string
  readonly settle?: string
}

const HELP = `
What the receipts said goes on record beside the run; the last audit counts.

Examples:
  squall audit reports/<run> --receipts 'sqlite:events.db?query=SELECT id AS messageId, timestamp FROM events'
  squall audit reports/<run> --receipts file:export.ndjson --id-field message_id`

export function define(command: Command): void {
  addOutputFlags(command.argument('<run>', 'the folder of a run'))
    .requiredOption('--receipts <source>', 'where the store is read: http(s)://…, file:…, sqlite:…, command:…')
    .option('--id-field <name>', 'under which name receipts keep the messageId', 'messageId')
    .option('--settle <time>', 'how long stored events may take to be visible, from now (as in the run unless given)')
    .addHelpText('after', HELP)
    .action(audit)
}

async function audit(run: string, flags: AuditFlags): Promise<void> {
  const source = openReceipts(flags.receipts, flags.idField)
  const settleMs = flags.settle === undefined ? undefined : durationMs('--settle', flags.settle)
  const folder = existingRunFolder(run)
  const record = recordOf(folder)
  if (record.remade === null) {
    throw new CliError(
      `${run} was made by another version of squall's generators; audit it with that version`,
      EXIT.usage,
    )
  }
  const { report } = reportInto(folder, await auditInto(folder, record, source, settleMs))
  process.exitCode = showResult(report, flags, folder.path, `squall report ${run} makes this report again`)
}
