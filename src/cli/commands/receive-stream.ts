import { type Command, Option } from 'commander'
import { violationsOf } from '../../lint/violations.ts'
import { durationMs, gathered, placeAndTime, ratePerSecond, wholeNumber } from '../flags.ts'

interface StreamFlags {
  readonly port: string
  readonly host: string
  readonly store: string
  readonly fault: readonly string[]
  readonly writeKey: readonly string[]
  readonly regenerateKey?: string
  readonly region: (typeof REGIONS)[number]
  readonly rate: string
  readonly overRate: (typeof OVER_RATES)[number]
  readonly dedupeWindow: string
  readonly oauthKey?: string
  readonly tokenLife: string
  readonly capture?: string
  readonly seed: string
}

const REGIONS = ['us', 'eu'] as const
const OVER_RATES = ['delay', '429'] as const

const HELP = `
Prints one JSON line with its URL and its debugger's (on loopback) when it is ready; stops at Ctrl-C or SIGTERM after draining.
It takes what Segment takes: POST /v1/track, identify, page, screen, group, alias and batch, or /v1/t, i, p, s, g, a and b; gzip; the write key as Basic user or as
writeKey in the body. It answers as Segment does: 400 where the body is no JSON, has more than 32 KB (a batch: 500 KB), or there is no write key; to all else 200
{"success":true}, whatever becomes of the events. What became of them: GET /receipts (one stored event a line), GET /discards (what was accepted and not stored,
with a code), GET /healthz (counts). Where there are several sources each reads its own, with its write key.
--capture keeps what a tool of yours sends: squall lint --profile stream says of it what Segment would, and lists the events for the launch request.
Without --write-key each key that comes is a source. A Bearer token is taken for good unless --oauth-key says whose may ask for one at POST /token.

Examples:
  squall receive stream --port 8081 --write-key env:WRITE_KEY --store sqlite:stream.db
  squall receive stream --fault 'status:503@10s-20s' --fault 'lost-answer-stored 5%'
  squall receive stream --rate 50/s --over-rate 429
  squall receive stream --port 8081 --capture captured.ndjson
  squall receive stream --region us --write-key env:KEY_US --write-key env:KEY_EU@eu
  squall receive stream --write-key env:OLD_KEY --regenerate-key env:NEW_KEY@30s`

/** @param command `receive stream` */
export function defineStream(command: Command): void {
  command
    .description('Segment’s HTTP Tracking API, as a Stream partner meets it')
    .option('--port <n>', 'where it listens; 0: any free port', '0')
    .option('--host <address>', 'on which address', '127.0.0.1')
    .option(
      '--write-key <place>',
      'where a source’s write key stands: env:NAME or file:PATH, with @us or @eu if it is elsewhere; may be given again',
      gathered,
      [],
    )
    .option('--regenerate-key <place@time>', 'a key that takes the first one’s place after so long: env:NAME@30s')
    .addOption(
      new Option('--region <region>', 'where it stands; events of other regions’ sources vanish')
        .choices(REGIONS)
        .default('us'),
    )
    .option('--store <store>', 'memory, sqlite:PATH, or null (counts only, and knows no duplicates)', 'memory')
    .option('--dedupe-window <time>', 'how long it knows a message by its messageId', '24h')
    .option('--rate <rate>', 'so many requests a second are taken at once; none: all', '1000/s')
    .addOption(
      new Option('--over-rate <how>', 'what happens to faster ones: they wait, or meet 429 with Retry-After')
        .choices(OVER_RATES)
        .default('delay'),
    )
    .option('--fault <fault>', 'something it does wrong, such as "status:503 2%"; may be given again', gathered, [])
    .option('--oauth-key <path>', 'the public key (PEM) of whoever may ask for tokens; then others are 401')
    .option('--token-life <time>', 'how long a token is good', '1d')
    .option('--capture <file>', 'keep the requests as they come, keys hidden, for squall lint')
    .option('--seed <n>', 'where the chance of faults begins', '1')
    .addHelpText('after', HELP)
    .action(receiveStream)
}

async function receiveStream(flags: StreamFlags): Promise<void> {
  const { host, store, fault, region, overRate, oauthKey, regenerateKey, capture } = flags
  const { serveStream } = await import('../../adapters/endpoints/serve-stream.ts')
  await serveStream({
    port: wholeNumber('--port', flags.port, 0, 65_535),
    host,
    store,
    faults: fault,
    writeKeys: flags.writeKey.map(placedKeyOf),
    regenerated: regenerateKey === undefined ? undefined : regeneratedKeyOf(regenerateKey),
    region,
    dedupeMs: durationMs('--dedupe-window', flags.dedupeWindow),
    ratePerSecond: flags.rate === 'none' ? undefined : ratePerSecond('--rate', flags.rate),
    overRate,
    oauth:
      oauthKey === undefined
        ? undefined
        : { publicKey: oauthKey, tokenLifeMs: durationMs('--token-life', flags.tokenLife) },
    seed: wholeNumber('--seed', flags.seed, 0, 2 ** 32 - 1),
    capture,
    lint: (text, call) => violationsOf(text, call, 'stream'),
  })
}

/** A region is no part of a place unless it stands behind the last @. */
function placedKeyOf(text: string): { readonly place: string; readonly region?: 'us' | 'eu' } {
  const [, place, region] = /^(.+)@(us|eu)$/.exec(text) ?? []
  return place === undefined ? { place: text } : { place, region: region as 'us' | 'eu' }
}

function regeneratedKeyOf(text: string): { readonly place: string; readonly afterMs: number } {
  const { place, timeMs } = placeAndTime('--regenerate-key', text, 'when it takes over')
  return { place, afterMs: timeMs }
}
