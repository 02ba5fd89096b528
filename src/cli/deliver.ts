import type { LookupFunction } from 'node:net'
import process from 'node:process'
import { gzip } from '../adapters/gzip.ts'
import { nextResumer } from '../adapters/ledger-file.ts'
import { startNullServer } from '../adapters/null-server.ts'
import { processHealth } from '../adapters/process-health.ts'
import { loopbackLookup } from '../adapters/safety/passage.ts'
import { systemClock, systemDigest } from '../adapters/system-world.ts'
import type { TlsMaterial } from '../adapters/tls-material.ts'
import { UndiciTransport } from '../adapters/undici-transport.ts'
import { headerOf, LedgerWriter, type RunHeader, type RunWorld, run, type Snapshot, warmUp } from '../index.ts'
import type { TlsFacts } from '../model/tls-facts.ts'
import type { EarlierRun } from './earlier-run.ts'
import { environment } from './environment.ts'
import { type LedgerOwner, openRunLedger, type RunLedger, unwritable } from './run-ledger.ts'

const WRITER = 'node-0'
/** From the header to the first due moment: time to open the ledger. */
const LEAD_MS = 100

/** Where a run goes, and what it listens to meanwhile. */
export interface Deliver extends LedgerOwner {
  /** Of a run that goes on after it was cut off. */
  readonly cut?: EarlierRun['cut'] | undefined
  /** Of a run that replays an earlier one. */
  readonly replays?: RunHeader['replays'] | undefined
  readonly id: string
  readonly url: string
  /** The address that the target's name was found at before the run; undefined: its host is one already. */
  readonly reached?: string | undefined
  /** How the target showed itself over TLS, where that was asked. */
  readonly shown?: TlsFacts | undefined
  /** Runs that the same receiver took before; undefined: none that is known of. */
  readonly before?: readonly string[] | undefined
  /** Resolves the target's name at each connection; this machine's own need none. */
  readonly lookup?: LookupFunction | undefined
  readonly tls?: TlsMaterial
  /** A relay that leads to the target. */
  readonly relayPort?: number | undefined
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  readonly onSnapshot: (snapshot: Snapshot) => void
  /** Called when the ledger is open. */
  readonly onStart: (header: RunHeader, mark: RunLedger['mark']) => void
}

export interface Delivered {
  readonly header: RunHeader
  /** What of this machine cut the run short, in words; undefined: nothing. */
  readonly trouble: string | undefined
}

/** Takes the Plan to the wire and its outcomes into the run's ledger, over this machine's clock and network. */
export async function deliver(setup: Deliver): Promise<Delivered> {
  const { prepared, id, url } = setup
  const engine = { name: 'node', version: process.versions.node } as const
  const replays = setup.replays && { replays: setup.replays }
  const start = { id, target: { url }, engine, environment: environment(), ...replays, ...knownBefore(setup) }
  // Counting a Stream's requests takes time, and does not hang on the moment: so that is chosen afterwards.
  const counted = headerOf(prepared, { ...start, startedAtMs: systemClock.wallMs() })
  await warm(setup, counted)
  const header = setup.cut?.header ?? { ...counted, startedAtMs: systemClock.wallMs() + LEAD_MS }
  const ledger = openRunLedger(setup, { plan: prepared.plan, header, writer: writerOf(setup, header) })
  setup.onStart(header, ledger.mark)
  const { recorder } = ledger
  const resumption = setup.cut && { resumption: setup.cut.resumption }
  const { trouble } = await over(url, setup, (world) => run(prepared, header, { ...world, ...resumption, recorder }))
  ledger.close()
  return { header, trouble: trouble === undefined ? undefined : unwritable(trouble) }
}

/** What a run's header says of the target. */
export function knownBefore({ shown, before }: Pick<Deliver, 'shown' | 'before'>): Pick<RunHeader, 'tls' | 'before'> {
  return { ...(shown && { tls: shown }), ...(before && { before }) }
}

function writerOf({ prepared: { plan }, cut, folder }: Deliver, header: RunHeader): LedgerHead['writer'] {
  const lanes = Array.from({ length: plan.lanes }, (_, lane) => lane)
  if (cut === undefined) return { id: WRITER, lanes }
  const { fromMs } = cut.resumption
  const gapMs = Math.max(0, systemClock.wallMs() - header.startedAtMs - fromMs)
  return { id: nextResumer(folder), lanes, resumes: { fromMs, gapMs } }
}

type LedgerHead = ConstructorParameters<typeof LedgerWriter>[1]

/** The whole sending path, against a null server of squall's own. */
async function warm(setup: Deliver, header: RunHeader): Promise<void> {
  if (setup.prepared.plan.delivery.warmRequests === 0 || setup.stop.aborted) return
  const server = await startNullServer()
  const recorder = new LedgerWriter(NOWHERE, { plan: setup.prepared.plan, header, writer: { id: 'warm', lanes: [] } })
  const onSnapshot = (): void => undefined
  await over(server.url, { ...setup, onSnapshot, relayPort: undefined }, (world) =>
    warmUp(setup.prepared, header, { ...world, recorder }),
  )
  await server.close()
}

const NOWHERE = { write: () => undefined, close: () => undefined }

async function over<T>(
  url: string,
  setup: Deliver,
  act: (world: Omit<RunWorld, 'recorder'>) => Promise<T>,
): Promise<T> {
  const { connections, inFlightMax } = setup.prepared.plan.delivery
  const { lookup = loopbackLookup, tls = {}, relayPort } = setup
  const transport = new UndiciTransport(url, { connections, connectionsMax: inFlightMax, lookup, tls, relayPort })
  const health = processHealth()
  const { credentials, stop, abort, onSnapshot } = setup
  try {
    return await act({
      clock: systemClock,
      transport,
      digest: systemDigest,
      gzip,
      health,
      credentials,
      stop,
      abort,
      onSnapshot,
    })
  } finally {
    health.stop()
    await transport.close()
  }
}
