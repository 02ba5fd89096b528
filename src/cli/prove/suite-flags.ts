import { type Command, Option } from 'commander'
import { addWireFlags, gathered } from '../flags.ts'
import { addOutputFlags, type OutputFlags } from '../output-flags.ts'

/** What `squall prove` is told. */
export interface SuiteFlags extends OutputFlags {
  readonly plan?: boolean
  readonly only?: string
  readonly skip?: readonly string[]
  readonly rate?: string
  readonly declaredRate?: string
  readonly restart?: string
  readonly again?: string
  readonly secondKey?: string
  readonly secondReceipts?: string
  readonly secondReceiptsKey?: string
  readonly seed?: string
  readonly engine?: string
  readonly target?: string
  readonly profile?: string
  readonly apiKey?: string
  readonly expiredKey?: string
  readonly sharedSecret?: string
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly receipts?: string
  readonly receiptsKey?: string
  readonly idField?: string
  readonly state?: string
  readonly stateRule?: string
  readonly outbox?: string
  readonly expect?: string
  readonly settle?: string
  readonly claim?: string
  readonly iOwn?: string
  readonly out?: string
}

export function addSuiteFlags(command: Command): Command {
  addWireFlags(command)
    .option('--receipts <source>', 'where your store is read: http(s)://…, file:…, sqlite:…, postgres://…, command:…')
    .option(
      '--receipts-key <place>',
      'the key to read them with over HTTP, or the password of a postgres:// URL that has none',
    )
    .option('--id-field <name>', 'under which name receipts keep the messageId', 'messageId')
    .option('--state <source>', 'where your final state of each user is read')
    .option('--state-rule <rule>', 'what it is held against: orders, or event-time (the value set last stays)')
    .option('--outbox <source>', 'where what you sent out is read: {"messageId", "userId", "to"} lines')
    .option(
      '--expect <file>',
      'a YAML file with `expect:` as in a scenario: which field of the store says what of which event',
    )
    .option('--settle <time>', 'how long stored events may take to be visible (10s unless given)')
    .option('--declared-rate <rate>', 'what your endpoint is said to take, such as 400/s')
    .option('--restart <command>', 'kills your endpoint and starts it again; run once, in the middle of a load')
    .option('--again <run>', 'the folder of an earlier run against the same endpoint, to be replayed')
    .option('--expired-key <place>', 'where a key stands that was good once and is no more: env:NAME or file:PATH')
    .option('--second-key <place>', 'where the API key of another customer stands: env:NAME or file:PATH')
    .option('--second-receipts <source>', 'where what is stored for that customer is read')
    .option('--second-receipts-key <place>', 'the key to read that with over HTTP')
    .option('--claim <ratio>', 'the loss ratio that each experiment must be able to exclude, such as 1e-4')
    .option('--rate <rate>', 'ordinary live traffic; everything else is in proportion (200/s unless given)')
    .option('--seed <n>', 'where chance begins: one seed, one traffic')
    .option('--engine <name>', 'what sends: node (squall itself) or k6; behind a relay squall itself always does')
    .option('--only <ids>', 'these experiments alone, with commas between them')
    .addOption(
      new Option(
        '--skip <id=reason>',
        'leave an experiment or a verdict out, and say why; may be given again',
      ).argParser(gathered),
    )
    .option('--plan', 'say what would be sent and how long it takes, and send nothing', false)
    .option('--out <folder>', 'where everything lands (default: reports/<time>-prove-<id>)')
  return addOutputFlags(command)
}
