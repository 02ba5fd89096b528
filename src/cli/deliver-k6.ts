import { isIP } from 'node:net'
import process from 'node:process'
import { type ControlServer, startControlServer } from '../adapters/k6/control-server.ts'
import { growingFile } from '../adapters/k6/growing-file.ts'
import {
  dropAssignment,
  dropK6Folder,
  type K6Folder,
  type K6FolderContent,
  makeK6Folder,
  noteProcesses,
} from '../adapters/k6/k6-folder.ts'
import { type K6Process, startK6 } from '../adapters/k6/k6-process.ts'
import { processUsage } from '../adapters/k6/process-usage.ts'
import { systemClock } from '../adapters/system-world.ts'
import { hostOf } from '../adapters/target.ts'
import { corpusText, headerOf, LineReader, ObservedRun, type RunHeader } from '../index.ts'
import type { Observation } from '../model/observation.ts'
import { type Deliver, type Delivered, knownBefore } from './deliver.ts'
import { environment } from './environment.ts'
import type { K6Means } from './k6-means.ts'
import { openRunLedger, type RunLedger, unwritable } from './run-ledger.ts'

const WRITER = 'k6-0'
/** From the header to the first due moment: time for k6 to start and to read the corpus. */
const LEAD_MS = 3000
const SNAPSHOT_MS = 250
/** So long k6 has to end once it was told to, or once it has said its last word. */
const ENDS_WITHIN_MS = 2000

/** Has k6 take the Plan to the wire, and writes down what it says. */
export async function deliverByK6(setup: Deliver, means: K6Means): Promise<Delivered> {
  const header = headerFor(setup, means)
  const { plan } = setup.prepared
  const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane)
  const ledger = openRunLedger(setup, { plan, header, writer: { id: WRITER, lanes } })
  setup.onStart(header, ledger.mark)
  const control = await startControlServer()
  try {
    const folder = makeK6Folder(setup.folder, contentOf(setup, means, header, control))
    const trouble = await play(setup, { header, ledger, control, folder, k6: startK6(means.program, folder) })
    return { header, trouble }
  } finally {
    control.close()
    ledger.close()
  }
}

function headerFor(
  { prepared, id, url, replays, shown, before }: Deliver,
  { program: { version } }: K6Means,
): RunHeader {
  const counted = headerOf(prepared, {
    id,
    target: { url },
    engine: { name: 'k6', version },
    environment: { ...environment(), runtime: `k6 ${version}` },
    startedAtMs: systemClock.wallMs(),
    ...(replays && { replays }),
    ...knownBefore({ shown, before }),
  })
  // Counting a Stream's requests takes time, and does not hang on the moment.
  return { ...counted, startedAtMs: systemClock.wallMs() + LEAD_MS }
}

function contentOf(
  { prepared, credentials, tls = {}, url, reached }: Deliver,
  { script }: K6Means,
  header: RunHeader,
  control: ControlServer,
): K6FolderContent {
  const { apiKey, apiKeys, writeKey, expiredKey, headers, sharedSecret } = credentials
  const { ca, cert, key } = tls
  const host = hostOf(new URL(url))
  const assignment: K6FolderContent['assignment'] = {
    plan: prepared.plan,
    header,
    runners: 1,
    credentials: {
      apiKey,
      headers,
      ...(apiKeys !== undefined && { apiKeys }),
      ...(writeKey !== undefined && { writeKey }),
      ...(expiredKey !== undefined && { expiredKey }),
      ...(sharedSecret !== undefined && { sharedSecret }),
    },
    control: control.url,
    // The name leads where the preflight went, whatever it may resolve to in the middle of the run.
    hosts: reached === undefined || isIP(host) !== 0 ? {} : { [host]: reached },
    ...(cert !== undefined && key !== undefined && { identity: { cert, key } }),
  }
  return { assignment, corpusText: corpusText(prepared.corpus), script, ca }
}

/** A k6 at work on a run. */
interface Work {
  readonly header: RunHeader
  readonly ledger: RunLedger
  readonly control: ControlServer
  readonly folder: K6Folder
  readonly k6: K6Process
}

/** Until k6 has ended. @returns what of this machine cut the run short, in words */
async function play(setup: Deliver, work: Work): Promise<string | undefined> {
  const { k6, folder, control } = work
  noteProcesses(folder, { squall: process.pid, k6: k6.pid })
  obey(setup, work)
  const view = viewOf(setup, work)
  try {
    const { ended, trouble } = await record(work, view)
    if (trouble !== undefined) {
      control.abort()
      await endedSoon(k6)
      return trouble
    }
    const how = await k6.ended
    dropK6Folder(folder.path)
    return ended || setup.abort.aborted ? undefined : `k6 ended before the run did (${how})`
  } finally {
    view.close()
    k6.kill()
    dropAssignment(folder)
  }
}

/** Hands on what the user wants. */
function obey({ stop, abort }: Deliver, { control, k6 }: Work): void {
  const act = (signal: AbortSignal, order: () => void): void => {
    if (signal.aborted) order()
    else signal.addEventListener('abort', order, { once: true })
  }
  act(stop, () => control.stop(String(stop.reason)))
  act(abort, () => {
    control.abort()
    void endedSoon(k6)
  })
}

/** Waits for its end, and brings it about if need be. */
async function endedSoon(k6: K6Process): Promise<void> {
  const timer = setTimeout(k6.kill, ENDS_WITHIN_MS)
  await k6.ended
  clearTimeout(timer)
}

/** What became of a k6's lines. */
interface Recorded {
  /** It said that it had nothing more to say. */
  readonly ended: boolean
  /** Why no more of them were taken, in words. */
  readonly trouble: string | undefined
}

/** Puts its lines on record as they come. A ledger that cannot be written, or lines that are damaged, end that. */
async function record({ ledger: { recorder }, folder, k6 }: Work, view: ShownRun): Promise<Recorded> {
  const usage = processUsage(k6.pid)
  let ended = false
  const reader = new LineReader({
    begin: () => dropAssignment(folder),
    visit(o: Observation) {
      ended ||= o.kind === 'end'
      view.observe(o)
      recorder.record(o.kind === 'sample' ? { ...o, ...usage.take() } : o)
    },
  })
  try {
    for await (const chunk of growingFile(folder.lines, k6.gone)) {
      reader.read(chunk)
      recorder.flush()
      if (ended) void endedSoon(k6)
      if (reader.damage) return { ended: false, trouble: `what k6 said is damaged at byte ${reader.damage.atByte}` }
    }
    return { ended, trouble: undefined }
  } catch (trouble) {
    const unreadable = trouble instanceof Error && trouble.name === 'LedgerUnreadable'
    return { ended: false, trouble: unreadable ? `what k6 said is no run: ${trouble.message}` : unwritable(trouble) }
  }
}

interface ShownRun {
  observe(o: Observation): void
  close(): void
}

/** Shows a run as it is told of, a few times a second. */
function viewOf({ prepared: { plan, schedule }, onSnapshot }: Deliver, { header }: Work): ShownRun {
  const { planned } = header
  const count = planned.first + planned.duplicate + planned.replay
  const run = new ObservedRun({ plan, planned: count, endMs: schedule.endMs })
  const show = (): void => onSnapshot(run.snapshot(systemClock.wallMs() - header.startedAtMs))
  const showing = setInterval(show, SNAPSHOT_MS)
  return {
    observe: (o) => run.observe(o),
    close() {
      clearInterval(showing)
      show()
    },
  }
}
