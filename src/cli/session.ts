import { systemClock, systemRandom } from '../adapters/system-world.ts'
import { readTlsMaterial } from '../adapters/tls-material.ts'
import type { Prepared } from '../index.ts'
import { crashMidRun } from './crash.ts'
import { type Deliver, type Delivered, deliver } from './deliver.ts'
import { deliverByK6 } from './deliver-k6.ts'
import { keepPartner } from './earlier-run.ts'
import { type EmbeddedPartner, startEmbeddedPartner } from './embedded-partner.ts'
import { EXIT } from './exit-codes.ts'
import { stopWhenFailing } from './failing-target.ts'
import { type Interrupts, watchInterrupts } from './interrupts.ts'
import { type AuditSources, auditInto, recordOf, reportInto } from './judge-run.ts'
import { openReceipts } from './open-receipts.ts'
import { openState } from './open-state.ts'
import type { OutputFlags } from './output-flags.ts'
import { openProgress, type Progress } from './progress.ts'
import { makeReady, type Ready, type Wish } from './ready.ts'
import { createRunFolder, type RunFolder } from './run-folder.ts'
import { showResult } from './show-result.ts'

/** One run in the real world, as its user asked for it. */
export interface Session extends OutputFlags, Wish {
  readonly out?: string | undefined
  readonly runId?: string | undefined
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

/** From scenario to report on disk. */
async function playSession(session: Session): Promise<{ exitCode: number; aborted: boolean }> {
  const ready = await makeReady(session)
  const { prepared, target } = ready
  const { earlier } = session
  const id = earlier?.cut?.header.id ?? session.runId ?? systemRandom.runId()
  const folder = earlier?.cut ? earlier.folder : createRunFolder(session.out, id, systemClock.wallMs())
  const progress = await openProgress(session, prepared, titleOf(prepared, id, target?.url))
  const interrupts = watchInterrupts(progress.say)
  progress.stage('warming')
  const partner = target ? undefined : await embedded(earlier?.folder ?? folder, prepared)
  const stage: Stage = { id, folder, progress, interrupts, partner }
  try {
    await send(session, ready, stage)
    const exitCode = await conclude(session, prepared, sourcesOf(ready, partner), stage)
    return { exitCode, aborted: interrupts.abort.aborted }
  } finally {
    progress.close()
    interrupts.release()
    await partner?.stop()
  }
}

/** Where a session is played. */
interface Stage {
  readonly id: string
  readonly folder: RunFolder
  readonly progress: Progress
  readonly interrupts: Interrupts
  /** Undefined: the run has a target of its own. */
  readonly partner: EmbeddedPartner | undefined
}

function titleOf({ plan }: Prepared, id: string, target: URL | undefined): string {
  return `${plan.scenario} · run ${id} · ${target?.href ?? 'the embedded partner'}`
}

/** Where the store is read: as its user said, else the embedded partner's, as the customer that the run is. */
function sourcesOf(
  { receipts, state, prepared, credentials }: Ready,
  partner: EmbeddedPartner | undefined,
): AuditSources | undefined {
  const own = partner && ownSources(partner, prepared, credentials.apiKey)
  const from = receipts ?? own?.receipts
  return from && { receipts: from, state: state ? { source: state } : own?.state }
}

function ownSources({ receipts, state, ca }: EmbeddedPartner, { partner, asks }: Prepared, key: string): AuditSources {
  const access = { tls: readTlsMaterial({ ca }), ...(partner.apiKeys.length > 0 && { key }) }
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

/** Delivers to the target, or to the embedded partner, whose certificate alone is then trusted. */
async function send(
  session: Session,
  ready: Ready,
  { id, folder, progress, interrupts, partner }: Stage,
): Promise<void> {
  const { prepared, credentials, target, reached, k6 } = ready
  const { stop, watch } = stopWhenFailing(target?.passage, interrupts.stop, progress.say)
  let crashing: Promise<void> | undefined
  const way = k6 === undefined ? deliver : (setup: Deliver): Promise<Delivered> => deliverByK6(setup, k6)
  const { trouble } = await way({
    prepared,
    credentials,
    id,
    url: target?.url.href ?? partner!.url,
    reached,
    lookup: target?.passage.lookup,
    tls: partner ? readTlsMaterial({ ca: partner.ca }) : ready.tls,
    folder: folder.path,
    cut: session.earlier?.cut,
    replays: session.earlier?.replays,
    stop,
    abort: interrupts.abort,
    onSnapshot: (snapshot) => {
      progress.show(snapshot)
      watch(snapshot)
    },
    onStart: (header, mark) => {
      folder.log('started', { run: header.id, target: header.target.url, planHash: header.planHash })
      if (session.crash && partner) crashing = crashMidRun(partner, prepared, mark, stop)
    },
  })
  await crashing
  if (trouble === undefined) return
  progress.say(`squall: ${trouble}; sending has stopped, and what was recorded is judged`)
}

/** Audits, judges and reports; a second signal leaves that for later. */
async function conclude(
  session: Session,
  prepared: Prepared,
  sources: AuditSources | undefined,
  { folder, progress, interrupts: { abort, signal } }: Stage,
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
