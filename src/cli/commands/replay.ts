import type { Command } from 'commander'
import { type EarlierFlags, replayOf } from '../earlier-run.ts'
import { addOutputFlags, type OutputFlags } from '../output-flags.ts'
import { runIdOf } from '../run-id.ts'
import { playToExit } from '../session.ts'

interface ReplayFlags extends OutputFlags, EarlierFlags {
  readonly rate?: string
  readonly shuffle?: string
  readonly live?: string
  readonly out?: string
  readonly runId?: string
  readonly idField?: string
  readonly iOwn?: string
}

const HELP = `
Each message of the run comes once more, with its own messageId, in the envelope of Segment's replays. What the run had acknowledged must
still be there once: the replay is held to that. With --live new messages come beside it, with ids of their own. Without --target it goes where the run went; an embedded partner comes up
again with what it holds.

Examples:
  squall replay reports/<run>
  squall replay reports/<run> --rate 500/s --live 200/s
  squall replay reports/<run> --rate 1000/s --shuffle 5s --receipts 'sqlite:events.db?query=SELECT id AS messageId FROM events'`

export function define(command: Command): void {
  addOutputFlags(addReplayFlags(command.argument('<run>', 'the folder of a run')))
    .addHelpText('after', HELP)
    .action(replay)
}

function addReplayFlags(command: Command): Command {
  return command
    .option('--rate <rate>', 'deliveries due per second, such as 500/s (the highest rate of the run unless given)')
    .option('--shuffle <time>', 'neighbours change places by up to so much')
    .option(
      '--live <rate>',
      'new messages beside the replay, so many deliveries due per second, for as long as it lasts',
    )
    .option('--engine <name>', 'what sends: node (squall itself) or k6 (as in the run unless given)')
    .option('--target <url>', 'another endpoint')
    .option('--i-own <host>', "you say that the target's host, typed exactly, is yours")
    .option('--api-key <place>', 'where the API key stands: env:NAME or file:PATH')
    .option('--write-key <place>', 'where the write key stands (stream profile): env:NAME or file:PATH')
    .option('--shared-secret <place>', 'sign requests with the secret at env:NAME or file:PATH')
    .option('--ca <file>', 'certificate authorities to trust, in place of the public ones (PEM)')
    .option('--cert <file>', 'the client certificate to show where one is asked for (PEM)')
    .option('--key <file>', 'its private key (PEM)')
    .option('--receipts <source>', 'where your store is read: http(s)://…, file:…, sqlite:…, command:…')
    .option('--receipts-key <place>', 'the key to read them with over HTTP: env:NAME or file:PATH')
    .option('--id-field <name>', 'under which name receipts keep the messageId', 'messageId')
    .option('--run-id <id>', 'the name of this run; the messages keep that of the earlier one')
    .option('--out <folder>', 'where the run lands (default: reports/<time>-<id>)')
}

async function replay(path: string, flags: ReplayFlags): Promise<void> {
  await playToExit({
    ...flags,
    earlier: replayOf(path, flags, flags),
    runId: flags.runId === undefined ? undefined : runIdOf(flags.runId),
    next: (folder) => `squall report ${folder} makes this report again`,
  })
}
