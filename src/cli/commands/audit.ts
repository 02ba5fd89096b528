import { type Command, Option } from 'commander'
import type { StateRule } from '../../model/state.ts'
import { CliError } from '../cli-error.ts'
import { EXIT } from '../exit-codes.ts'
import { durationMs } from '../flags.ts'
import { auditInto, recordOf, reportInto } from '../judge-run.ts'
import { openDiscards } from '../open-discards.ts'
import { openOutbox } from '../open-outbox.ts'
import { openReceipts } from '../open-receipts.ts'
import { openState } from '../open-state.ts'
import { addOutputFlags, type OutputFlags } from '../output-flags.ts'
import { receiptAccess } from '../receipt-access.ts'
import { existingRunFolder } from '../run-folder.ts'
import { showResult } from '../show-result.ts'

interface AuditFlags extends OutputFlags {
  readonly receipts: string
  readonly idField?: string
  readonly state?: string
  readonly stateRule?: StateRule
  readonly outbox?: string
  readonly discards?: string
  readonly settle?: string
  readonly receiptsKey?: string
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

const RULES: readonly StateRule[] = ['orders', 'event-time']

const HELP = `
What the receipts said goes on record beside the run; the last audit counts.

Examples:
  squall audit reports/<run> --receipts 'sqlite:events.db?query=SELECT id AS messageId, timestamp FROM events'
  squall audit reports/<run> --receipts 'postgres://reader@127.0.0.1/app?query=SELECT id AS "messageId", body FROM events'
  squall audit reports/<run> --receipts file:export.ndjson --id-field message_id`

export function define(command: Command): void {
  addOutputFlags(command.argument('<run>', 'the folder of a run'))
    .requiredOption(
      '--receipts <source>',
      'where the store is read: http(s)://…, file:…, sqlite:…, postgres://…, command:…',
    )
    .option('--id-field <name>', 'under which name receipts keep the messageId', 'messageId')
    .option('--state <source>', 'where the final state of each user is read: {"userId", "traits"} lines')
    .addOption(new Option('--state-rule <rule>', 'what it is held against (as in the run unless given)').choices(RULES))
    .option('--outbox <source>', 'where what you sent out is read: {"messageId", "userId", "to"} lines')
    .option(
      '--discards <source>',
      'where what was accepted and not kept is read: {"messageId", "code"} lines, or an export',
    )
    .option(
      '--receipts-key <place>',
      'the key to read them with over HTTP, or PostgreSQL’s password: env:NAME or file:PATH',
    )
    .option('--ca <file>', 'certificate authorities to trust, in place of the public ones (PEM)')
    .option('--cert <file>', 'the client certificate to show where one is asked for (PEM)')
    .option('--key <file>', 'its private key (PEM)')
    .option('--settle <time>', 'how long stored events may take to be visible, from now (as in the run unless given)')
    .addHelpText('after', HELP)
    .action(audit)
}

async function audit(run: string, flags: AuditFlags): Promise<void> {
  const folder = existingRunFolder(run)
  const record = recordOf(folder)
  const access = receiptAccess(flags, record.header.asks.expectations)
  const receipts = openReceipts(flags.receipts, flags.idField, undefined, access)
  const state =
    flags.state === undefined ? undefined : { source: openState(flags.state, undefined, access), rule: flags.stateRule }
  const settleMs = flags.settle === undefined ? undefined : durationMs('--settle', flags.settle)
  const outbox = flags.outbox === undefined ? undefined : openOutbox(flags.outbox, undefined, access)
  const discards = flags.discards === undefined ? undefined : openDiscards(flags.discards, undefined, access)
  if (record.remade === null) {
    throw new CliError(
      `${run} was made by another version of squall's generators; audit it with that version`,
      EXIT.usage,
    )
  }
  const sources = { receipts, state, outbox, discards }
  const { report } = reportInto(folder, await auditInto(folder, record, sources, settleMs))
  process.exitCode = showResult(report, flags, folder.path, `squall report ${run} makes this report again`)
}
