import { type Command, Option } from 'commander'
import { parseDurationMs, type ScenarioOverrides } from '../index.ts'
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
  { flags: '--profile <name>', about: 'how deliveries look on the wire: subscription' },
  { flags: '--connections <n>', about: 'connections, used in rotation' },
  { flags: '--in-flight <n>', about: 'attempts under way at once, at most' },
  { flags: '--time-scale <x>', about: 'divide the delays of retries by X, and nothing else' },
  { flags: '--drain <time>', about: 'how long retries are waited for after the last due moment' },
  { flags: '--receipts <source>', about: 'where your store is read: http(s)://…, file:…, sqlite:…, command:…' },
  { flags: '--state <source>', about: 'where your final state of each user is read' },
  { flags: '--settle <time>', about: 'how long stored events may take to be visible' },
  { flags: '--claim <ratio>', about: 'the loss ratio that the run must be able to exclude, such as 1e-4' },
]

/** The flags of what makes traffic and does not send it. */
export function addTrafficFlags(command: Command): Command {
  for (const { flags, about } of TRAFFIC_FLAGS) command.option(flags, about)
  return command
}

/** The flags of a run. */
export function addRunFlags(command: Command): Command {
  addTrafficFlags(command)
  for (const { flags, about } of DELIVERY_FLAGS) command.option(flags, about)
  return command
    .addOption(
      new Option('--header <line>', "an extra request header, 'Name: value'; may be given again").argParser(gathered),
    )
    .addOption(
      new Option('--skip <verdict=reason>', 'leave a verdict out, and say why; may be given again').argParser(gathered),
    )
    .option('--no-warm', 'do not warm the sending path up before the first delivery')
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
    profile: text('profile'),
    connections: text('connections'),
    inFlight: text('inFlight'),
    timeScale: text('timeScale'),
    drain: text('drain'),
    receipts: text('receipts'),
    state: text('state'),
    settle: text('settle'),
    claim: text('claim'),
    header: listOf(options.header),
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
