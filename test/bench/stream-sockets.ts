// What one core sends of a Stream's events in batches of 500, and the embedded API takes on the other, over real sockets: made, batched, sent, answered and on record in a
// file. The sender is given more than it can carry. node test/bench/stream-sockets.ts [events]; taskset, where it is found, gives each its core.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { processUsage } from '../../src/adapters/k6/process-usage.ts'
import { systemClock, systemDigest } from '../../src/adapters/system-world.ts'
import { UndiciTransport } from '../../src/adapters/undici-transport.ts'
import { cliEntry } from '../../src/cli/cli-entry.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import { headerOf, prepare, run } from '../../src/run.ts'

const ROUNDS = 3
const BATCH = 500
const CONNECTIONS = 8
const environment = { squall: 'bench', runtime: 'bench', platform: 'bench', cpus: 1, memoryMb: 1 }

const events = Number(process.argv[2] ?? 300_000)
const folder = mkdtempSync(join(tmpdir(), 'squall-bench-'))
const prepared = prepare(
  {
    name: 'bench',
    profile: 'stream',
    batch: BATCH,
    ceiling: '1000000/s',
    connections: CONNECTIONS,
    inFlight: CONNECTIONS,
    verdicts: ['stream-rate'],
    phases: [{ name: 'live', rate: '2000/s', events }],
  },
  systemDigest,
)
pin(process.pid, 0)
for (const store of ['null', 'sqlite']) await measure(store)
rmSync(folder, { recursive: true })

async function measure(store: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const place = store === 'sqlite' ? `sqlite:${join(folder, `${round}.db`)}` : store
    const child = spawn(process.execPath, [cliEntry, 'receive', 'stream', '--store', place, '--rate', 'none'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    pin(child.pid!, 1)
    const [ready] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const { url } = JSON.parse(ready) as { url: string }
    const receiver = processUsage(child.pid!)
    const { wallMs, cpuMs } = await sent(url, `${store}${round}`)
    const receiverMs = (receiver.take().cpuRatio ?? Number.NaN) * wallMs
    const cpu = (ms: number): string =>
      `${((ms * 1000) / events).toFixed(2)} µs an event (${Math.round(events / (ms / 1000))} a CPU second)`
    console.log(
      `${store}: ${Math.round(events / (wallMs / 1000))} events/s; sender ${cpu(cpuMs)}, receiver ${cpu(receiverMs)}`,
    )
    child.kill()
    await once(child, 'exit')
  }
}

/** Sends all, as fast as the receiver takes it. */
async function sent(url: string, id: string): Promise<{ readonly wallMs: number; readonly cpuMs: number }> {
  const engine = { name: 'node', version: 'bench' } as const
  const header = headerOf(prepared, { id, startedAtMs: systemClock.wallMs(), target: { url }, engine, environment })
  const startedAtMs = systemClock.wallMs()
  const transport = new UndiciTransport(url, { connections: CONNECTIONS, connectionsMax: CONNECTIONS })
  const file = openSync(join(folder, `${id}.sq`), 'w')
  const sink = { write: (bytes: Uint8Array) => void writeSync(file, bytes), close: () => closeSync(file) }
  const recorder = new LedgerWriter(sink, {
    plan: prepared.plan,
    header: { ...header, startedAtMs },
    writer: { id: 'node-0', lanes: [] },
  })
  const never = new AbortController().signal
  const [before, beganMs] = [process.cpuUsage(), performance.now()]
  const end = await run(
    prepared,
    { ...header, startedAtMs },
    {
      clock: systemClock,
      transport,
      digest: systemDigest,
      health: { take: () => ({ loopDelayMaxMs: 0, cpuRatio: 0, rssMb: 0 }) },
      credentials: { apiKey: '', writeKey: 'a-key', headers: [] },
      recorder,
      stop: never,
      abort: never,
    },
  )
  const { user, system } = process.cpuUsage(before)
  const wallMs = performance.now() - beganMs
  if (!end.complete) throw new Error('not all was sent', { cause: end.trouble })
  await transport.close()
  return { wallMs, cpuMs: (user + system) / 1000 }
}

function pin(pid: number, core: number): void {
  try {
    execFileSync('taskset', ['-acp', String(core), String(pid)], { stdio: 'ignore' })
  } catch {
    // They share what there is.
  }
}
