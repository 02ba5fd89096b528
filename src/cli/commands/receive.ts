import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { gathered, placeAndTime, wholeNumber } from '../flags.ts'
import { type ForwardFlags, forwardOf } from '../forward-flags.ts'
import { defineStream } from './receive-stream.ts'

interface PartnerFlags extends ForwardFlags {
  readonly port: string
  readonly host: string
  readonly store: string
  readonly fault: readonly string[]
  readonly apiKey: readonly string[]
  readonly expiringKey?: string
  readonly sharedSecret?: string
  /** True: in a folder that goes when the partner goes. */
  readonly tls?: string | true
  readonly seed: string
}

const PARTNER_HELP = `
Prints one JSON line with its URL (and with --tls the certificate for --ca) when it is ready; stops at Ctrl-C or SIGTERM after draining.
What it holds: GET /receipts (one stored event a line), GET /state (one user a line); what it mailed: GET /outbox. With keys each of them is a customer: the same
messageId from two of them is two messages, and each reads what is theirs.
Events come by POST, PUT or PATCH, one or an array of them; one malformed event of an array gets 400 for all, and none is stored.
With --forward stream it is an e-mail tool in miniature: whoever is identified with an e-mail address is mailed once, and Email Delivered, Email Opened, Email Link Clicked and
Unsubscribed go back to --stream (its /v1/batch) with the same userId; GET /healthz and the last line on stderr say what came of them.

Examples:
  squall receive partner --port 8080 --store sqlite:events.db
  squall receive partner --tls --api-key env:KEY_OF_A --api-key env:KEY_OF_B
  squall receive partner --fault 'status:503@10s-20s' --fault 'loses(1e-3)'
  squall receive partner --forward stream --stream http://127.0.0.1:8081 --write-key env:WRITE_KEY`

export function define(command: Command): void {
  defineStream(command.command('stream'))
  command
    .command('partner')
    .description('an endpoint for events, as a partner would build it')
    .option('--port <n>', 'where it listens; 0: any free port', '0')
    .option('--host <address>', 'on which address', '127.0.0.1')
    .option('--store <store>', 'memory, sqlite:PATH or postgres://user@host/database', 'memory')
    .option('--fault <fault>', 'something it does wrong, such as "status:503 2%"; may be given again', gathered, [])
    .option(
      '--api-key <place>',
      'where a customer’s key stands: env:NAME or file:PATH; may be given again',
      gathered,
      [],
    )
    .option('--expiring-key <place@time>', 'another key of the first customer, good for so long: env:NAME@30s')
    .option('--shared-secret <place>', 'where the secret stands that requests must be signed with; 401 for all others')
    .option('--tls [folder]', 'speak HTTPS with a certificate made for it; kept in FOLDER, for the next start too')
    .option('--seed <n>', 'where the chance of faults begins', '1')
    .option('--forward <where>', 'send back what its mails lead to; the one place is: stream')
    .option('--stream <url>', 'where the HTTP Tracking API is that it forwards to')
    .option('--write-key <place>', 'where the write key stands that it forwards with: env:NAME or file:PATH')
    .option('--i-own <host>', 'the host of --stream is yours: at most 50 requests/s for 10 minutes')
    .addHelpText('after', PARTNER_HELP)
    .action(receivePartner)
}

async function receivePartner(flags: PartnerFlags): Promise<void> {
  const { port, host, store, fault, apiKey, expiringKey, sharedSecret, tls, seed } = flags
  const { servePartner } = await import('../../adapters/endpoints/serve-partner.ts')
  const options = {
    port: wholeNumber('--port', port, 0, 65_535),
    host,
    store,
    faults: fault,
    apiKeys: apiKey,
    expiringKey: expiringKey === undefined ? undefined : expiringKeyOf(expiringKey),
    sharedSecret,
    seed: wholeNumber('--seed', seed, 0, 2 ** 32 - 1),
    forward: forwardOf(flags, apiKey.length),
  }
  const passing = tls === true ? mkdtempSync(join(tmpdir(), 'squall-tls-')) : undefined
  const folder = tls === true ? passing : tls
  try {
    await servePartner({ ...options, ...(folder !== undefined && { tls: folder }) })
  } finally {
    if (passing !== undefined) rmSync(passing, { recursive: true, force: true })
  }
}

/** How long the key is good after the first request. */
function expiringKeyOf(text: string): { readonly place: string; readonly goodForMs: number } {
  const { place, timeMs } = placeAndTime('--expiring-key', text, 'how long the key is good')
  return { place, goodForMs: timeMs }
}
