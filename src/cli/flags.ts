import { type Command, Option } from 'commander'
import type { ScenarioOverrides } from '../index.ts'
import { parseDurationMs, parseRatePerSecond } from '../scenario/units.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** A flag that stands for a field of the scenario. */
interface ScenarioFlag {
  readonly flags: string
  readonly about: string
}

/** What is sent, and when. */
const TRAFFIC_FLAGS: readonly ScenarioFlag[] = [
  { flags: '--rate <rate>', about: 'deliveries due per second in the main phase, copies included, such as 500/s' },
  { flags: '--duration <time>', about: 'how long the main phase lasts, such as 30s' },
  { flags: '--events <n>', about: 'distinct messages of the main phase, in place of its duration' },
  { flags: '--seed <n>', about: 'where chance begins: one seed, one traffic' },
]

/** How it is delivered and judged. */
const DELIVERY_FLAGS: readonly ScenarioFlag[] = [
  { flags: '--target <url>', about: 'where deliveries go (the embedded partner unless given)' },
  { flags: '--region <name>', about: 'us or eu: Segment’s own API is the target (stream profile)' },
  { flags: '--write-key <place>', about: 'where the write key stands: env:NAME or file:PATH (stream profile)' },
  {
    flags: '--auth <way>',
    about: 'where it is shown: header or body, or oauth, as the scenario says (stream profile)',
  },
  { flags: '--gzip', about: 'compress bodies (stream profile)' },
  { flags: '--engine <name>', about: 'what sends: node (squall itself) or k6' },
  { flags: '--profile <name>', about: 'how deliveries look on the wire: subscription, webhook, actions or stream' },
  { flags: '--method <method>', about: 'POST, or with the actions profile PUT or PATCH' },
  {
    flags: '--batch <n>',
    about: 'events in each request, at most (actions and stream profiles); with actions --rate counts requests',
  },
  {
    flags: '--shared-secret <place>',
    about: 'sign requests with the secret at env:NAME or file:PATH (not a subscription’s)',
  },
  { flags: '--api-key <place>', about: 'where the API key stands: env:NAME or file:PATH' },
  { flags: '--expired-key <place>', about: 'where a key stands that expires, for the phases that show it' },
  { flags: '--ca <file>', about: 'certificate authorities to trust, in place of the public ones (PEM)' },
  { flags: '--cert <file>', about: 'the client certificate to show where one is asked for (PEM)' },
  { flags: '--key <file>', about: 'its private key (PEM)' },
  { flags: '--connections <n>', about: 'connections, used in rotation' },
  { flags: '--in-flight <n>', about: 'attempts under way at once, at most' },
  { flags: '--ceiling <rate>', about: 'attempts started per second, at most, retries included' },
  { flags: '--time-scale <x>', about: 'divide the delays of retries by X, and nothing else' },
  { flags: '--drain <time>', about: 'how long retries are waited for after the last due moment' },
  {
    flags: '--receipts <source>',
    about: 'where your store is read: http(s)://…, file:…, sqlite:…, postgres://…, command:…',
  },
  {
    flags: '--receipts-key <place>',
    about: 'the key to read them with over HTTP, or PostgreSQL’s password: env:NAME or file:PATH',
  },
  { flags: '--state <source>', about: 'where your final state of each user is read' },
  { flags: '--state-rule <rule>', about: 'what it is held against: orders, or event-time (the value set last stays)' },
  { flags: '--outbox <source>', about: 'where what you sent out is read: {"messageId", "userId", "to"} lines' },
  {
    flags: '--discards <source>',
    about: 'where what was accepted and not kept is read: {"messageId", "code"} lines, or a workspace’s export',
  },
  { flags: '--settle <time>', about: 'how long stored events may take to be visible' },
  {
    flags: '--restart <command>',
    about: 'kills your endpoint and starts it again; run once, in the middle of the main phase',
  },
  { flags: '--declared-rate <rate>', about: 'what the endpoint is said to take, retries included, such as 200/s' },
  { flags: '--claim <ratio>', about: 'the loss ratio that the run must be able to exclude, such as 1e-4' },
]

/** The flags of what makes traffic and does not send it. */
export function addTrafficFlags(command: Command): Command {
  for (const { flags, about } of TRAFFIC_FLAGS) command.option(flags, about)
  return command
}

const WIRE_FLAGS = [
  ...['target', 'profile', 'method', 'batch', 'region', 'write-key', 'auth', 'gzip'],
  ...['shared-secret', 'api-key', 'ca', 'cert', 'key'],
]

/** The flags that say how a request looks and where it goes. */
export function addWireFlags(command: Command): Command {
  const wanted = DELIVERY_FLAGS.filter(({ flags }) => WIRE_FLAGS.includes(flags.slice(2).split(' ', 1)[0]!))
  for (const { flags, about } of wanted) command.option(flags, about)
  return command.addOption(headerFlag()).addOption(consentFlag())
}

/** The flags of a run. */
export function addRunFlags(command: Command): Command {
  addTrafficFlags(command)
  for (const { flags, about } of DELIVERY_FLAGS) command.option(flags, about)
  return command
    .addOption(headerFlag())
    .addOption(consentFlag())
    .addOption(
      new Option(
        '--objective <verdict=goal>',
        "what is to be reached, such as 'latency=p99 < 500ms'; may be given again",
      ).argParser(gathered),
    )
    .addOption(
      new Option('--skip <verdict=reason>', 'leave a verdict out, and say why; may be given again').argParser(gathered),
    )
    .option('--no-warm', 'do not warm the sending path up before the first delivery')
}

function headerFlag(): Option {
  return new Option('--header <line>', "an extra request header, 'Name: value'; may be given again").argParser(gathered)
}

/** No field of a scenario: consent is typed each time, and never stored. */
function consentFlag(): Option {
  const caps = 'at most 50 requests/s for 10 minutes'
  return new Option('--i-own <host>', `you say that the target's host, typed exactly, is yours: ${caps}`)
}

/** What such flags amount to. Values are checked where the scenario is. @throws CliError */
export function overridesOf(options: Readonly<Record<string, unknown>>): ScenarioOverrides {
  const text = (name: string): string | undefined => {
    const value = options[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    rate: text('rate'),
    duration: text('duration'),
    events: text('events'),
    seed: text('seed'),
    target: text('target'),
    region: text('region'),
    writeKey: text('writeKey'),
    auth: text('auth'),
    gzip: options.gzip === true ? true : undefined,
    profile: text('profile'),
    engine: text('engine'),
    method: text('method'),
    batch: text('batch'),
    sharedSecret: text('sharedSecret'),
    apiKey: text('apiKey'),
    expiredKey: text('expiredKey'),
    ca: text('ca'),
    cert: text('cert'),
    key: text('key'),
    connections: text('connections'),
    inFlight: text('inFlight'),
    ceiling: text('ceiling'),
    timeScale: text('timeScale'),
    drain: text('drain'),
    receipts: text('receipts'),
    receiptsKey: text('receiptsKey'),
    state: text('state'),
    stateRule: text('stateRule'),
    outbox: text('outbox'),
    discards: text('discards'),
    settle: text('settle'),
    restart: text('restart'),
    claim: text('claim'),
    declaredRate: text('declaredRate'),
    header: listOf(options.header),
    objectives:
      options.objective === undefined ? undefined : Object.fromEntries(listOf(options.objective).map(objectiveOf)),
    skip: Object.fromEntries(listOf(options.skip).map(skipOf)),
    warmRequests: options.warm === false ? 0 : undefined,
  }
}

/** A whole number that a flag gives. @throws CliError */
export function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const n = Number(text)
  if (/^\d+$/.test(text) && n >= min && n <= max) return n
  throw new CliError(`${flag}: "${text}" is not a whole number from ${min} to ${max}`, EXIT.usage)
}

/** A length of time that a flag gives, in milliseconds. @throws CliError */
export function durationMs(flag: string, text: string): number {
  try {
    return parseDurationMs(text)
  } catch (error) {
    throw new CliError(`${flag}: ${(error as Error).message}`, EXIT.usage)
  }
}

/** A secret's place, and behind the last @ a length of time. @param meaning of the time, for whoever left it out @throws CliError */
export function placeAndTime(flag: string, text: string, meaning: string): { place: string; timeMs: number } {
  const [, place, time] = /^(.+)@([^@]+)$/.exec(text) ?? []
  if (place !== undefined && time !== undefined) return { place, timeMs: durationMs(flag, time) }
  throw new CliError(`${flag}: write a place and ${meaning}, such as env:NAME@30s`, EXIT.usage)
}

/** A rate that a flag gives. @throws CliError */
export function ratePerSecond(flag: string, text: string): number {
  try {
    return parseRatePerSecond(text)
  } catch (error) {
    throw new CliError(`${flag}: ${(error as Error).message}`, EXIT.usage)
  }
}

/** For a flag that may be given several times. */
export function gathered(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function skipOf(text: string): [verdict: string, reason: string] {
  const [, verdict, reason] = /^([\w-]+)=(.*\S.*)$/.exec(text) ?? []
  if (verdict === undefined || reason === undefined) {
    throw new CliError(`--skip: "${text}" gives no reason; write --skip 'VERDICT=why'`, EXIT.usage)
  }
  return [verdict, reason]
}

function objectiveOf(text: string): [verdict: string, goal: string] {
  const [, verdict, goal] = /^([\w-]+)=(.*\S.*)$/.exec(text) ?? []
  if (verdict === undefined || goal === undefined) {
    throw new CliError(`--objective: "${text}" gives no goal; write --objective 'latency=p99 < 500ms'`, EXIT.usage)
  }
  return [verdict, goal]
}
