import { availableParallelism } from 'node:os'
import { sparingMemory } from '../adapters/spare-memory.ts'
import { systemClock, systemRandom } from '../adapters/system-world.ts'
import { readTlsMaterial } from '../adapters/tls-material.ts'
import type { Prepared, Report } from '../index.ts'
import type { Disturbance } from '../model/disturbance.ts'
import { CliError } from './cli-error.ts'
import { type Deliver, type Delivered, deliver } from './deliver.ts'
import { deliverByK6 } from './deliver-k6.ts'
import { type EmbeddedReceiver, startEmbedded } from './embedded-receiver.ts'
import { EXIT } from './exit-codes.ts'
import { stopWhenFailing } from './failing-target.ts'
import { type Interrupts, watchInterrupts } from './interrupts.ts'
import { type AuditSources, auditInto, recordOf, reportInto } from './judge-run.ts'
import { k6PaceNotice } from './k6-pace.ts'
import { openRelay } from './open-relay.ts'
import type { OutputFlags } from './output-flags.ts'
import { openProgress, type Progress } from './progress.ts'
import { makeReady, type Ready, type Wish } from './ready.ts'
import { crashOf, type Restart, restartBy, restartMidRun } from './restart.ts'
import { createRunFolder, type RunFolder } from './run-folder.ts'
import { showResult } from './show-result.ts'
import { sanitize } from './terminal/sanitize.ts'

/** One run in the real world, as its user asked for it. */
export interface Session extends OutputFlags, Wish {
  readonly out?: string | undefined
  readonly runId?: string | undefined
  /** Kill the embedded partner in the middle of the main phase, and start it again. */
  readonly crash?: boolean | undefined
  /** Kills the target in the middle of the main phase, and starts it again; instead of what the scenario says. */
  readonly ownRestart?: Restart | undefined
  /** What a relay in front of the target does meanwhile. squall itself sends then. */
  readonly disturbance?: Disturbance | undefined
  /** Ids of runs that the same receiver took before; undefined: none that is known of. */
  readonly before?: readonly string[] | undefined
  /** Ctrl-C as whoever plays several sessions hears it; each its own unless given. */
  readonly interrupts?: Interrupts | undefined
  /** What it is called while it goes on; the scenario's name unless given. */
  readonly label?: string | undefined
}

/** A session that says by itself what came of it. */
interface ShownSession extends Session {
  /** The command that suggests itself after the result. */
  readonly next: (folder: string) => string
}

/** What came of a session. */
export interface Played {
  readonly folder: RunFolder
  /** Undefined: it was aborted before anything was judged. */
  readonly report: Report | undefined
}

/** Plays a session, shows its result and leaves its exit code to the process; one that is aborted ends it now, whatever still waits. */
export async function playToExit(session: ShownSession): Promise<void> {
  const { folder, report, aborted } = await playSession(session)
  if (report === undefined) process.exit(aborted)
  process.exitCode = showResult(report, session, folder.path, session.next(folder.path))
}

/** From scenario to report on disk. @returns also the code of the signal that aborted it, for when nothing was judged */
export async function playSession(session: Session): Promise<Played & { readonly aborted: number }> {
  const ready = await makeReady(session)
  const { prepared, target } = ready
  if (prepared.restart !== undefined && target === undefined) throw new CliError(NOTHING_TO_RESTART, EXIT.usage)
  const { earlier } = session
  const id = earlier?.cut?.header.id ?? session.runId ?? systemRandom.runId()
  const folder = earlier?.cut ? earlier.folder : createRunFolder(session.out, id, systemClock.wallMs())
  const progress = await openProgress(session, prepared, titleOf(session, prepared, id, target?.url))
  if (ready.tokens) ready.tokens.onTrouble = (text) => progress.say(`squall: ${sanitize(text, 600)}`)
  const interrupts = session.interrupts ?? watchInterrupts(progress.say)
  progress.stage('warming')
  const partner = target ? undefined : await startEmbedded(earlier?.folder ?? folder, prepared)
  const notice = ready.k6 && k6PaceNotice(prepared.plan, availableParallelism())
  if (notice !== undefined) progress.say(`squall: ${notice}`)
  if (partner?.debugger) progress.say(`squall: watch the events as they come: ${partner.debugger}`)
  const stage: Stage = { id, folder, progress, interrupts, partner }
  try {
    const gone = await send(session, ready, stage)
    const sources = gone === undefined ? sourcesOf(ready, partner) : undefined
    const report = await conclude(prepared, sources, stage)
    return { folder, report, aborted: interrupts.signal() === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted }
  } finally {
    progress.close()
    ready.tokens?.close()
    if (session.interrupts === undefined) interrupts.release()
    await partner?.stop()
  }
}

const NOTHING_TO_RESTART = '--restart: it restarts your own endpoint; say where that is, with --target'

/** Where a session is played. */
interface Stage {
  readonly id: string
  readonly folder: RunFolder
  readonly progress: Progress
  readonly interrupts: Interrupts
  /** Undefined: the run has a target of its own. */
  readonly partner: EmbeddedReceiver | undefined
}

function titleOf({ label }: Session, { plan }: Prepared, id: string, target: URL | undefined): string {
  const embedded = plan.stream ? 'the embedded API' : 'the embedded partner'
  return `${label ?? plan.scenario} · run ${id} · ${target?.href ?? embedded}`
}

/** Where the store is read: as its user said, else the embedded partner's, as the customer that the run is. */
function sourcesOf(
  { receipts, state, outbox, discards, credentials }: Ready,
  partner: EmbeddedReceiver | undefined,
): AuditSources | undefined {
  const own = partner?.sources(credentials)
  const from = receipts ?? own?.receipts
  return (
    from && {
      receipts: from,
      state: state ? { source: state } : own?.state,
      outbox: outbox ?? own?.outbox,
      discards: discards ?? own?.discards,
    }
  )
}

/**
 * Delivers to the target, or to the embedded partner, whose certificate alone is then trusted.
 * @returns why the target is gone for good, so that nothing it stored can be held against it; undefined: it is there
 */
async function send(session: Session, ready: Ready, stage: Stage): Promise<string | undefined> {
  const { prepared, credentials, target, reached, k6 } = ready
  const { id, folder, progress, interrupts, partner } = stage
  const gone = new AbortController()
  if (ready.shut) gone.abort('squall itself, as nothing is sent to an endpoint whose TLS is not in order')
  const asked = AbortSignal.any([interrupts.stop, gone.signal])
  const { stop, watch } = stopWhenFailing(target?.passage, asked, progress.say)
  const url = target?.url ?? new URL(partner!.url)
  const restart = restartOf(session, ready, partner)
  const relay = session.disturbance && (await openRelay(url, session.disturbance, target?.passage.lookup))
  let restarting: Promise<string | undefined> | undefined
  let over = false
  const way = k6 === undefined || ready.shut ? deliver : (setup: Deliver): Promise<Delivered> => deliverByK6(setup, k6)
  const { trouble } = await way({
    prepared,
    credentials,
    id,
    url: url.href,
    reached,
    shown: ready.shown,
    before: session.before,
    lookup: target?.passage.lookup,
    tls: partner ? readTlsMaterial({ ca: partner.ca }) : ready.tls,
    relayPort: relay?.port,
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
      relay?.begin(header.startedAtMs - systemClock.wallMs())
      const note: typeof mark = (...said) => (over ? undefined : mark(...said))
      restarting = restart && restartMidRun(restart, prepared, note, stop).then((why) => leave(why, gone, progress))
    },
  })
  over = true
  await relay?.close()
  if (trouble !== undefined) progress.say(`squall: ${trouble}; sending has stopped, and what was recorded is judged`)
  return await restarting
}

/** A target that did not come back is left alone. */
function leave(why: string | undefined, gone: AbortController, { say }: Progress): string | undefined {
  if (why === undefined) return undefined
  say(`squall: ${why}; sending has stopped, and what the target stored stays unknown`)
  gone.abort('a target that is gone')
  return why
}

function restartOf(
  session: Session,
  { prepared, target }: Ready,
  partner: EmbeddedReceiver | undefined,
): Restart | undefined {
  if (session.ownRestart !== undefined) return session.ownRestart
  if (session.crash && partner) return crashOf(partner)
  return prepared.restart === undefined || target === undefined ? undefined : restartBy(prepared.restart, target)
}

/** Audits, judges and reports; a second signal leaves that for later. */
async function conclude(
  prepared: Prepared,
  sources: AuditSources | undefined,
  { folder, progress, interrupts: { abort } }: Stage,
): Promise<Report | undefined> {
  const record = recordOf(folder, prepared.corpus)
  if (sources && !abort.aborted) progress.stage('auditing')
  const audited =
    sources && !abort.aborted
      ? await Promise.race([sparingMemory(() => auditInto(folder, record, sources)), aborted(abort)])
      : { record }
  if (abort.aborted || audited === undefined) {
    progress.say(`squall: aborted; what was recorded is judged by: squall report ${folder.path}`)
    return undefined
  }
  const { report } = reportInto(folder, audited)
  folder.log('judged', { exitCode: report.run.exitCode })
  return report
}

function aborted(abort: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    abort.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
