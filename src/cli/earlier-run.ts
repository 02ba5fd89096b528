import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemDigest } from '../adapters/system-world.ts'
import {
  type Prepared,
  peakDeliveriesPerSecond,
  prepareReplay,
  type ReplayPace,
  type Resumption,
  type RunHeader,
  type RunRecord,
  replayedRun,
  resumptionOf,
} from '../index.ts'
import { phasesBesideReplay } from '../model/replayed-messages.ts'
import type { EngineName } from '../model/run-header.ts'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import { durationMs, ratePerSecond } from './flags.ts'
import { recordOf } from './judge-run.ts'
import { existingRunFolder, type RunFolder } from './run-folder.ts'

/** A run that was made before, as far as its folder tells. */
export interface EarlierRun {
  readonly folder: RunFolder
  /** What is to be delivered now. */
  readonly prepared: Prepared
  /** Where the run goes on. */
  readonly cut?: { readonly header: RunHeader; readonly resumption: Resumption }
  /** What the messages are, where they are its messages again. */
  readonly replays?: NonNullable<RunHeader['replays']>
}

/** What flags say anew of an earlier run: where it goes, how it introduces itself, where the store is read. */
export interface EarlierFlags {
  readonly target?: string
  readonly receipts?: string
  readonly state?: string
  readonly outbox?: string
  readonly discards?: string
  readonly apiKey?: string
  readonly expiredKey?: string
  readonly writeKey?: string
  readonly sharedSecret?: string
  readonly receiptsKey?: string
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly engine?: string
}

const PARTNER_FILE = 'partner.json'

/** Keeps what an embedded partner is like, for whoever goes on with the run. Keys stand there as the names of their places. */
export function keepPartner(folder: RunFolder, partner: Prepared['partner']): void {
  folder.write(PARTNER_FILE, `${JSON.stringify(partner)}\n`)
}

/** A run that was cut off, to go on with. @throws CliError when there is nothing left of it */
export function cutRun(path: string, flags: EarlierFlags): EarlierRun {
  const folder = existingRunFolder(path)
  const record = recordOf(folder)
  const remade = remadeOf(record, path)
  const resumption = resumptionOf(record)
  if (resumption === null) throw new CliError(`${path} came to its end; there is nothing to resume`, EXIT.usage)
  const { plan, header } = record
  const { planHash, planned, asks } = header
  const { corpus, schedule } = remade
  const engine = engineAfterCut(path, header, flags)
  const prepared = { plan, planHash, planned, asks, corpus, schedule, engine, ...outsideOf(path, header, flags) }
  return { folder, prepared, cut: { header, resumption } }
}

/** A run whose messages are to be sent again, as a run of its own. @throws CliError when they cannot be made */
export function replayOf(path: string, flags: EarlierFlags, pace: ReplayFlags): EarlierRun {
  const folder = existingRunFolder(path)
  const record = recordOf(folder)
  const { plan, header } = record
  const { corpus } = remadeOf(record, path)
  if (phasesBesideReplay(plan).length > 0) {
    throw new CliError(
      `${path} is a replay with live traffic; replay the run ${header.replays?.runId} itself`,
      EXIT.usage,
    )
  }
  if ((plan.traffic.timeline ?? plan.phases).some(({ expects }) => expects !== 'accepted')) {
    throw new CliError(`${path} sent what is to be refused; replay a run of valid traffic alone`, EXIT.usage)
  }
  const replay = prepareReplay(plan, corpus, paceOf(plan, pace), systemDigest)
  if (pace.live !== undefined && phasesBesideReplay(replay.plan).length === 0) {
    throw new CliError(`--live: the replay is over before a message is due at ${pace.live}; take more`, EXIT.usage)
  }
  const sameReceiver = flags.target === undefined || flags.target === header.target.url
  const engine = engineOf(flags) ?? header.engine.name
  const prepared = { ...replay, asks: header.asks, engine, ...outsideOf(path, header, flags) }
  return { folder, prepared, replays: replayedRun(record, sameReceiver) }
}

/** What flags say of a replay's pace, as its user wrote it. */
interface ReplayFlags {
  readonly rate?: string
  readonly shuffle?: string
  readonly live?: string
}

function paceOf(plan: RunRecord['plan'], { rate, shuffle, live }: ReplayFlags): ReplayPace {
  return {
    perSecond: rate === undefined ? peakDeliveriesPerSecond(plan) : ratePerSecond('--rate', rate),
    shuffleMs: shuffle === undefined ? 0 : durationMs('--shuffle', shuffle),
    livePerSecond: live === undefined ? 0 : ratePerSecond('--live', live),
  }
}

/** A flag's word for the engine; undefined: none was given. @throws CliError */
function engineOf({ engine }: EarlierFlags): EngineName | undefined {
  if (engine === undefined || engine === 'node' || engine === 'k6') return engine
  throw new CliError(`--engine: "${engine}" is no engine; it is node or k6`, EXIT.usage)
}

/** k6 begins runs and cannot go on with one. @throws CliError */
function engineAfterCut(path: string, header: RunHeader, flags: EarlierFlags): EngineName {
  const engine = engineOf(flags) ?? header.engine.name
  if (engine === 'node') return engine
  throw new CliError(
    `k6 cannot go on with a run; squall itself can: squall run --resume ${path} --engine node`,
    EXIT.usage,
  )
}

/** What can be made of a run again. @throws CliError when another generator made it */
function remadeOf({ remade }: RunRecord, path: string): NonNullable<RunRecord['remade']> {
  if (remade !== null) return remade
  throw new CliError(`${path} was made by another version of squall's generators; take that version`, EXIT.usage)
}

/** Where an earlier run goes now: as before, unless flags say otherwise. Its embedded partner comes up again. */
function outsideOf(
  path: string,
  header: RunHeader,
  flags: EarlierFlags,
): Pick<
  Prepared,
  'partner' | 'access' | 'oauth' | 'target' | 'receipts' | 'state' | 'outbox' | 'discards' | 'restart'
> {
  const {
    target,
    receipts,
    state,
    outbox,
    discards,
    apiKey,
    expiredKey,
    writeKey,
    sharedSecret,
    receiptsKey,
    ca,
    cert,
    key,
  } = flags
  const kept = join(path, PARTNER_FILE)
  const isEmbedded = target === undefined && existsSync(kept)
  return {
    target: isEmbedded ? undefined : (target ?? header.target.url),
    partner: isEmbedded ? JSON.parse(readFileSync(kept, 'utf8')) : { faults: [], tls: false, apiKeys: [] },
    access: { apiKey, expiredKey, writeKey, sharedSecret, receiptsKey, ca, cert, key },
    oauth: undefined,
    receipts,
    state,
    outbox,
    discards,
    restart: undefined,
  }
}
