import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { exchangeOnce } from '../../adapters/one-exchange.ts'
import { loopbackLookup } from '../../adapters/safety/passage.ts'
import { systemClock, systemDigest } from '../../adapters/system-world.ts'
import { readTlsMaterial } from '../../adapters/tls-material.ts'
import {
  type Message,
  type Outcome,
  type Plan,
  type Prepared,
  type RunWorld,
  requestsOf,
  streamRequestsOf,
} from '../../index.ts'
import type { OutgoingRequest } from '../../model/world.ts'
import { CliError } from '../cli-error.ts'
import { credentialsOf } from '../credentials.ts'
import { startEmbeddedPartner } from '../embedded-partner.ts'
import { startEmbeddedStream } from '../embedded-stream.ts'
import { accountOf, type ExchangeAccount, viewOf } from '../exchange-account.ts'
import { EXIT } from '../exit-codes.ts'
import { addWireFlags, overridesOf, wholeNumber } from '../flags.ts'
import { eventNow, singleEvents } from '../one-event.ts'
import { openTokens } from '../open-tokens.ts'
import { withOwnSecrets } from '../own-secrets.ts'
import { letThrough } from '../reach.ts'
import { maskOf } from '../secret-mask.ts'
import { segmentReaction } from '../segment-reaction.ts'
import { paintFor } from '../terminal/colors.ts'
import { renderExchange } from '../terminal/exchange-view.ts'

interface SendFlags {
  readonly type: string
  readonly event: string
  readonly iOwn?: string
  readonly json: boolean
  readonly color: boolean
}

const TYPES: readonly Message['type'][] = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'delete']

const HELP = `
Sends one event as Segment would, and shows the request and the response in full, with secrets hidden, and what Segment would make of the
answer. With --profile stream the event goes to Segment's HTTP API, as a Stream partner sends it. Without --target an embedded receiver takes it. Exit 0 when it is accepted, 1 when it is not, 5 when the target cannot be reached.

Examples:
  squall send
  squall send --target http://127.0.0.1:8080/hook --type identify --api-key env:PARTNER_KEY
  squall send --profile stream --batch 10 --type identify`

export function define(command: Command): void {
  addWireFlags(command)
    .option('--type <type>', `which call: ${TYPES.join(', ')}`, 'track')
    .option('--event <n>', 'the nth event of that type', '1')
    .option('--seed <n>', 'where chance begins: one seed, one traffic')
    .option('--json', 'the exchange as JSON', false)
    .option('--no-color', 'no colours')
    .addHelpText('after', HELP)
    .action(send)
}

async function send(flags: SendFlags): Promise<void> {
  const type = typeOf(flags.type)
  const nth = wholeNumber('--event', flags.event, 1, 10_000)
  const prepared = withOwnSecrets(singleEvents(overridesOf({ ...flags })))
  const account = await sendTo(prepared, type, nth, flags.iOwn)
  const text = flags.json
    ? `${JSON.stringify(account, null, 2)}\n`
    : renderExchange(viewOf(account), paintFor(process.stdout, flags.color))
  process.stdout.write(text)
  process.exitCode = exitCodeOf(account)
}

function typeOf(text: string): Message['type'] {
  const type = TYPES.find((one) => one === text)
  if (type === undefined) throw new CliError(`--type: "${text}" is none of ${TYPES.join(', ')}`, EXIT.usage)
  return type
}

async function sendTo(
  prepared: Prepared,
  type: Message['type'],
  nth: number,
  consent: string | undefined,
): Promise<ExchangeAccount> {
  const tls = readTlsMaterial(prepared.access)
  const target = await letThrough(prepared.target, consent, tls, prepared.plan.stream && 'events')
  if (target === undefined) return toEmbeddedPartner(prepared, type, nth)
  await target.preflight()
  return exchange(prepared, type, nth, target.url, { tls, lookup: target.passage.lookup })
}

async function toEmbeddedPartner(prepared: Prepared, type: Message['type'], nth: number): Promise<ExchangeAccount> {
  const folder = mkdtempSync(join(tmpdir(), 'squall-send-'))
  try {
    const partner = await startReceiver(folder, prepared)
    try {
      return await exchange(prepared, type, nth, new URL(partner.url), { lookup: loopbackLookup })
    } finally {
      await partner.stop()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function startReceiver(
  folder: string,
  { partner, access, plan }: Prepared,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { seed, stream } = plan
  if (stream === undefined) return startEmbeddedPartner(folder, { ...partner, sharedSecret: access.sharedSecret }, seed)
  return startEmbeddedStream(folder, { faults: partner.faults, writeKeys: [access.writeKey!], seed })
}

type Way = Pick<Parameters<typeof exchangeOnce>[2], 'lookup' | 'tls'>

async function exchange(
  prepared: Prepared,
  type: Message['type'],
  nth: number,
  url: URL,
  way: Way,
): Promise<ExchangeAccount> {
  const { plan, access } = prepared
  const tokens = await openTokens(prepared, way.tls ?? {})
  tokens?.close()
  const credentials = { ...credentialsOf(plan, access), tokens }
  const request = requestOf(plan, credentials, eventNow(prepared, type, nth))
  const exchanged = await exchangeOnce(url, request, { ...way, timeoutMs: plan.delivery.timeoutMs })
  return accountOf(url, request, exchanged, segmentReaction(plan, exchanged.outcome), maskOf(credentials, prepared))
}

/** What is shown of a body is what was in it: it goes out as it is read, uncompressed. */
function requestOf(plan: Plan, credentials: RunWorld['credentials'], { bytes, type: call }: Message): OutgoingRequest {
  const { stream, retry } = plan
  if (stream === undefined) return requestsOf(plan, credentials, systemDigest)([bytes])
  const dispatch = { call, attempt: 1, sentAtMs: systemClock.wallMs(), shown: 'own' } as const
  return streamRequestsOf({ stream: { ...stream, gzip: false }, retry }, credentials, undefined)([bytes], dispatch)
}

const UNREACHED: readonly Outcome['class'][] = ['refused', 'dns', 'tls']

function exitCodeOf({ segment, response, outcome }: ExchangeAccount): number {
  if (segment.does === 'accept') return EXIT.ok
  return response === null && UNREACHED.some((kind) => kind === outcome.class) ? EXIT.unreachable : EXIT.fail
}
