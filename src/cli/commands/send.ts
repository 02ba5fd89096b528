import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { exchangeOnce } from '../../adapters/one-exchange.ts'
import { loopbackLookup } from '../../adapters/safety/passage.ts'
import { systemDigest } from '../../adapters/system-world.ts'
import { readTlsMaterial } from '../../adapters/tls-material.ts'
import { type Message, type Outcome, type Prepared, requestsOf } from '../../index.ts'
import { CliError } from '../cli-error.ts'
import { credentialsOf } from '../credentials.ts'
import { startEmbeddedPartner } from '../embedded-partner.ts'
import { accountOf, type ExchangeAccount, viewOf } from '../exchange-account.ts'
import { EXIT } from '../exit-codes.ts'
import { addWireFlags, overridesOf, wholeNumber } from '../flags.ts'
import { eventNow, singleEvents } from '../one-event.ts'
import { letThrough } from '../reach.ts'
import { secretMask, secretsIn } from '../secret-mask.ts'
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
answer. Without --target an embedded partner takes it. Exit 0 when it is accepted, 1 when it is not, 5 when the target cannot be reached.

Examples:
  squall send
  squall send --target http://127.0.0.1:8080/hook --type identify --api-key env:PARTNER_KEY`

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
  const prepared = singleEvents(overridesOf({ ...flags }))
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
  const target = await letThrough(prepared.target, consent, tls)
  if (target === undefined) return toEmbeddedPartner(prepared, type, nth)
  await target.preflight()
  return exchange(prepared, type, nth, target.url, { tls, lookup: target.passage.lookup })
}

async function toEmbeddedPartner(prepared: Prepared, type: Message['type'], nth: number): Promise<ExchangeAccount> {
  const folder = mkdtempSync(join(tmpdir(), 'squall-send-'))
  try {
    const partner = await startEmbeddedPartner(folder, partnerSetup(prepared), prepared.plan.seed)
    try {
      return await exchange(prepared, type, nth, new URL(partner.url), { lookup: loopbackLookup })
    } finally {
      await partner.stop()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function partnerSetup({ partner, access }: Prepared): Parameters<typeof startEmbeddedPartner>[1] {
  return { ...partner, sharedSecret: access.sharedSecret }
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
  const credentials = credentialsOf(plan, access)
  const { bytes } = eventNow(prepared, type, nth, url.href)
  const request = requestsOf(plan, credentials, systemDigest)([bytes])
  const exchanged = await exchangeOnce(url, request, { ...way, timeoutMs: plan.delivery.timeoutMs })
  const mask = secretMask(secretsIn(credentials, plan, access))
  return accountOf(url, request, exchanged, segmentReaction(plan, exchanged.outcome), mask)
}

const UNREACHED: readonly Outcome['class'][] = ['refused', 'dns', 'tls']

function exitCodeOf({ segment, response, outcome }: ExchangeAccount): number {
  if (segment.does === 'accept') return EXIT.ok
  return response === null && UNREACHED.some((kind) => kind === outcome.class) ? EXIT.unreachable : EXIT.fail
}
