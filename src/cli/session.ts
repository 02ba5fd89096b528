import { receiptSource } from '../adapters/receipts/receipt-source.ts'
import { systemClock, systemDigest, systemRandom } from '../adapters/system-world.ts'
import { guardTarget, preflight, targetUrl } from '../adapters/target.ts'
import { type Prepared, prepare, type Scenario } from '../index.ts'
import type { ReceiptSource } from '../model/receipt.ts'
import { CliError } from './cli-error.ts'
import { crashMidRun } from './crash.ts'
import { credentialsOf } from './credentials.ts'
import { type Deliver, deliver } from './deliver.ts'
import { type EmbeddedPartner, startEmbeddedPartner } from './embedded-partner.ts'
import { EXIT } from './exit-codes.ts'
import { type Interrupts, watchInterrupts } from './interrupts.ts'
import { auditInto, recordOf, reportInto } from './judge-run.ts'
import type { OutputFlags } from './output-flags.ts'
import { openProgress, type Progress } from './progress.ts'
import { createRunFolder, type RunFolder } from './run-folder.ts'
import { showResult } from './show-result.ts'

/** One run in the real world, as its user asked for it. */
export interface Session extends OutputFlags {
  readonly scenario: Scenario
  readonly out?: string | undefined
  readonly runId?: string | undefined
  readonly idField?: string | undefined
  /** `env:NAME` or `file:PATH`. */
  readonly apiKey?: string | undefined
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
  const prepared = prepare(session.scenario, systemDigest)
  const credentials = credentialsOf(prepared.plan, session.apiKey)
  const receipts = prepared.receipts === undefined ? undefined : openReceipts(prepared.receipts, session.idField)
  const target = prepared.target === undefined ? undefined : await reach(prepared.target)
  const id = session.runId ?? systemRandom.runId()
  const folder = createRunFolder(session.out, id, systemClock.wallMs())
  const progress = await openProgress(session, prepared, titleOf(prepared, id, target))
  const interrupts = watchInterrupts(progress.say)
  progress.stage('warming')
  const partner = target ? undefined : await embedded(folder, prepared)
  try {
    const url = target?.href ?? partner!.url
    const source = receipts ?? (partner && openReceipts(partner.receipts, undefined))
    const { stop, abort } = interrupts
    await send(session, { prepared, credentials, id, url, folder: folder.path, stop, abort }, folder, progress, partner)
    const exitCode = await conclude(session, prepared, folder, source, progress, interrupts)
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

/** @throws CliError for a source that makes no sense */
export function openReceipts(spec: string, idField: string | undefined): ReceiptSource {
  try {
    return receiptSource(spec, idField === undefined ? {} : { idField })
  } catch (error) {
    throw new CliError((error as Error).message, EXIT.usage)
  }
}

async function reach(text: string): Promise<URL> {
  const url = targetUrl(text)
  await guardTarget(url)
  await preflight(url)
  return url
}

function embedded(folder: RunFolder, { partner, plan }: Prepared): Promise<EmbeddedPartner> {
  return startEmbeddedPartner(folder.path, partner.faults, plan.seed)
}

async function send(
  session: Session,
  setup: Omit<Deliver, 'onSnapshot' | 'onStart'>,
  folder: RunFolder,
  progress: Progress,
  partner: EmbeddedPartner | undefined,
): Promise<void> {
  let crashing: Promise<void> | undefined
  const { trouble } = await deliver({
    ...setup,
    onSnapshot: progress.show,
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
  source: ReceiptSource | undefined,
  progress: Progress,
  { abort, signal }: Interrupts,
): Promise<number> {
  const record = recordOf(folder, prepared.corpus)
  if (source && !abort.aborted) progress.stage('auditing')
  const audited =
    source && !abort.aborted ? await Promise.race([auditInto(folder, record, source), aborted(abort)]) : record
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
