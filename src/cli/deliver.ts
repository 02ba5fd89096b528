import process from 'node:process'
import { ledgerPath, openLedgerSink } from '../adapters/ledger-file.ts'
import { startNullServer } from '../adapters/null-server.ts'
import { processHealth } from '../adapters/process-health.ts'
import { systemClock } from '../adapters/system-world.ts'
import { guardedLookup } from '../adapters/target.ts'
import { UndiciTransport } from '../adapters/undici-transport.ts'
import {
  headerOf,
  LedgerWriter,
  type Prepared,
  type RunHeader,
  type RunWorld,
  run,
  type Snapshot,
  warmUp,
} from '../index.ts'
import { environment } from './environment.ts'

const WRITER = 'node-0'
/** From the header to the first due moment: time to open the ledger. */
const LEAD_MS = 100

/** Where a run goes, and what it listens to meanwhile. */
export interface Deliver {
  readonly prepared: Prepared
  readonly id: string
  readonly url: string
  readonly folder: string
  readonly credentials: RunWorld['credentials']
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  readonly onSnapshot: (snapshot: Snapshot) => void
  /** Called when the ledger is open; `mark` puts a moment of the run's on record. */
  readonly onStart: (header: RunHeader, mark: Mark) => void
}

export type Mark = (mark: 'restart' | 'trouble', text: string) => void

export interface Delivered {
  readonly header: RunHeader
  /** What kept the ledger from being written; undefined: nothing. */
  readonly trouble: unknown
}

/** Takes the Plan to the wire and its outcomes into the run's ledger, over this machine's clock and network. */
export async function deliver(setup: Deliver): Promise<Delivered> {
  const { prepared, id, url } = setup
  const engine = { name: 'node', version: process.versions.node } as const
  const start = { id, target: { url }, engine, environment: environment() }
  await warm(setup, headerOf(prepared, { ...start, startedAtMs: 0 }))
  const header = headerOf(prepared, { ...start, startedAtMs: systemClock.wallMs() + LEAD_MS })
  const writer = openWriter(setup, header)
  setup.onStart(header, (mark, text) => {
    writer.record({ kind: 'mark', atMs: systemClock.wallMs() - header.startedAtMs, mark, text })
  })
  const { trouble } = await over(url, setup, (world) => run(prepared, header, { ...world, recorder: writer }))
  closeQuietly(writer)
  return { header, trouble }
}

function openWriter({ prepared: { plan }, folder }: Deliver, header: RunHeader): LedgerWriter {
  const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane)
  return new LedgerWriter(openLedgerSink(ledgerPath(folder, WRITER)), { plan, header, writer: { id: WRITER, lanes } })
}

/** The whole sending path, against a null server of squall's own. */
async function warm(setup: Deliver, header: RunHeader): Promise<void> {
  if (setup.prepared.plan.delivery.warmRequests === 0 || setup.stop.aborted) return
  const server = await startNullServer()
  const recorder = new LedgerWriter(NOWHERE, { plan: setup.prepared.plan, header, writer: { id: 'warm', lanes: [] } })
  const onSnapshot = (): void => undefined
  await over(server.url, { ...setup, onSnapshot }, (world) => warmUp(setup.prepared, header, { ...world, recorder }))
  await server.close()
}

const NOWHERE = { write: () => undefined, close: () => undefined }

async function over<T>(
  url: string,
  setup: Deliver,
  act: (world: Omit<RunWorld, 'recorder'>) => Promise<T>,
): Promise<T> {
  const { connections, inFlightMax } = setup.prepared.plan.delivery
  const transport = new UndiciTransport(url, { connections, connectionsMax: inFlightMax, lookup: guardedLookup })
  const health = processHealth()
  const { credentials, stop, abort, onSnapshot } = setup
  try {
    return await act({ clock: systemClock, transport, health, credentials, stop, abort, onSnapshot })
  } finally {
    health.stop()
    await transport.close()
  }
}

/** A disk that was full is still full: that has been said. */
function closeQuietly(writer: LedgerWriter): void {
  try {
    writer.close()
  } catch {}
}
