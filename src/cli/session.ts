import { receiptSource } from '../adapters/receipts/receipt-source.ts'
import { systemClock, systemDigest, systemRandom } from '../adapters/system-world.ts'
import { readTlsMaterial, type TlsMaterial } from '../adapters/tls-material.ts'
import { type Prepared, prepare, type Scenario } from '../index.ts'
import type { ReceiptSource } from '../model/receipt.ts'
import { CliError } from './cli-error.ts'
import { withinCaps } from './consent-caps.ts'
import { crashMidRun } from './crash.ts'
import { credentialsOf } from './credentials.ts'
import { type Deliver, deliver } from './deliver.ts'
import { checkDescriptors } from './descriptor-need.ts'
import { type EarlierRun, keepPartner } from './earlier-run.ts'
import { type EmbeddedPartner, startEmbeddedPartner } from './embedded-partner.ts'
import { EXIT } from './exit-codes.ts'
import { stopWhenFailing } from './failing-target.ts'
import { type Interrupts, watchInterrupts } from './interrupts.ts'
import { type AuditSources, auditInto, recordOf, reportInto } from './judge-run.ts'
import { openState } from './open-state.ts'
import type { OutputFlags } from './output-flags.ts'
import { openProgress, type Progress } from './progress.ts'
import { letThrough } from './reach.ts'
import { type ReceiptAccess, receiptAccess } from './receipt-access.ts'
import { createRunFolder, type RunFolder } from './run-folder.ts'
import { showResult } from './show-result.ts'

/** One run in the real world, as its user asked for it. */
export interface Session extends OutputFlags {
  /** Undefined: what an earlier run is to deliver. */
  readonly scenario?: Scenario | undefined
  readonly earlier?: EarlierRun | undefined
  readonly out?: string | undefined
  readonly runId?: string | undefined
  readonly idField?: string | undefined
  /** The target's host, typed by whoever says that it is theirs. Consent is given anew for each run, so no scenario holds it. */
  readonly iOwn?: string | undefined
  /** Kill the embedded partner in the middle of the main phase, and start it again. */
  readonly crash?: boolean | undefined
  /** The command that suggests itself after the result. */
  readonly next: (folder: string) => string
}

/** Plays a session and leaves its exit code to the process; one that is aborted ends it now, whatever still waits. */
export async function playToExit(session: Session): Promise<void> {
  const { exitCode, aborted } = await playSession(session)
  if (aborted) process.exit(exitCode)
  process.exitCode = exitCode
}

/** From scenario to report on disk. All that can be wrong on the user's side is found before anything is sent. */
async function playSession(session: Session): Promise<{ exitCode: number; aborted: boolean }> {
  const { earlier } = session
  const asked = earlier?.prepared ?? prepare(session.scenario!, systemDigest)
  checkDescriptors(asked.plan)
  const credentials = credentialsOf(asked.plan, asked.access)
  const access = receiptAccess(asked.access)
  const receipts =
    asked.receipts === undefined ? undefined : openReceipts(asked.receipts, session.idField, asked.target, access)
  const state = asked.state === undefined ? undefined : openState(asked.state, asked.target, access)
  const target = await letThrough(asked.target, session.iOwn, access.tls)
  const prepared = withinCaps(target?.passage, session.scenario, asked)
  await target?.preflight()
  const id = earlier?.cut?.header.id ?? session.runId ?? systemRandom.runId()
  const folder = earlier?.cut ? earlier.folder : createRunFolder(session.out, id, systemClock.wallMs())
  const progress = await openProgress(session, prepared, titleOf(prepared, id, target?.url))
  const interrupts = watchInterrupts(progress.say)
  progress.stage('warming')
  const partner = target ? undefined : await embedded(earlier?.folder ?? folder, prepared)
  try {
    const url = target?.url.href ?? partner!.url
    const tls = partner ? readTlsMaterial({ ca: partner.ca }) : access.tls
    const own = partner && ownSources(partner, prepared, credentials.apiKey, tls)
    const from = receipts ?? own?.receipts
    const sources = from && { receipts: from, state: state ? { source: state } : own?.state }
    const { abort } = interrupts
    const { stop, watch } = stopWhenFailing(target?.passage, interrupts.stop, progress.say)
    const lookup = target?.passage.lookup
    const { cut, replays } = earlier ?? {}
    const setup = {
      prepared,
      cut,
      replays,
      credentials,
      id,
      url,
      lookup,
      tls,
      folder: folder.path,
      stop,
      abort,
      onSnapshot: watch,
    }
    await send(session, setup, folder, progress, partner)
    const exitCode = await conclude(session, prepared, folder, sources, progress, interrupts)
    return { exitCode, aborted: abort.aborted }
  } finally {
    progress.close()
    interrupts.release()
    await partner?.stop()
  }
}

function titleOf({ plan }: Prepared, id: string, target: URL | undefined): string {
  return `${plan.scenario} · run ${id} · ${target?.href ?? 'the embedded partner'}`
}

/**
 * @param target where the run goes: its host may be read from too, since nothing is read before the run was let through
 * @throws CliError for a source that makes no sense
 */
export function openReceipts(
  spec: string,
  idField: string | undefined,
  target?: string,
  access?: ReceiptAccess,
): ReceiptSource {
  const allowHost = (host: string): boolean => target !== undefined && new URL(target).hostname === host
  try {
    return receiptSource(spec, { allowHost, ...access, ...(idField !== undefined && { idField }) })
  } catch (error) {
    throw new CliError((error as Error).message, EXIT.usage)
  }
}

/** The embedded partner is read as the customer that the run is. */
function ownSources(
  { receipts, state }: EmbeddedPartner,
  { partner, asks }: Prepared,
  key: string,
  tls: TlsMaterial,
): AuditSources {
  const access = { tls, ...(partner.apiKeys.length > 0 && { key }) }
  const isStateAsked = asks.verdicts.includes('order-independent')
  return {
    receipts: openReceipts(receipts, undefined, undefined, access),
    state: isStateAsked ? { source: openState(state, undefined, access) } : undefined,
  }
}

function embedded(folder: RunFolder, { partner, access, plan }: Prepared): Promise<EmbeddedPartner> {
  keepPartner(folder, partner)
  return startEmbeddedPartner(folder.path, { ...partner, sharedSecret: access.sharedSecret }, plan.seed)
}

async function send(
  session: Session,
  setup: Omit<Deliver, 'onStart'>,
  folder: RunFolder,
  progress: Progress,
  partner: EmbeddedPartner | undefined,
): Promise<void> {
  let crashing: Promise<void> | undefined
  const { trouble } = await deliver({
    ...setup,
    onSnapshot: (snapshot) => {
      progress.show(snapshot)
      setup.onSnapshot(snapshot)
    },
    onStart: (header, mark) => {
      folder.log('started', { run: header.id, target: header.target.url, planHash: header.planHash })
      if (session.crash && partner) crashing = crashMidRun(partner, setup.prepared, mark, setup.stop)
    },
  })
  await crashing
  if (trouble === undefined) return
  const why = trouble instanceof Error ? trouble.message : String(trouble)
  progress.say(`squall: the ledger cannot be written (${why}); sending has stopped, and what was recorded is judged`)
}

/** Audits, judges and reports; a second signal leaves that for later. */
async function conclude(
  session: Session,
  prepared: Prepared,
  folder: RunFolder,
  sources: AuditSources | undefined,
  progress: Progress,
  { abort, signal }: Interrupts,
): Promise<number> {
  const record = recordOf(folder, prepared.corpus)
  if (sources && !abort.aborted) progress.stage('auditing')
  const audited =
    sources && !abort.aborted ? await Promise.race([auditInto(folder, record, sources), aborted(abort)]) : record
  if (abort.aborted || audited === undefined) {
    progress.say(`squall: aborted; what was recorded is judged by: squall report ${folder.path}`)
    return signal() === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted
  }
  const { report } = reportInto(folder, audited)
  folder.log('judged', { exitCode: report.run.exitCode })
  progress.close()
  return showResult(report, session, folder.path, session.next(folder.path))
}

function aborted(abort: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    abort.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
