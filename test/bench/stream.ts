// What an event costs a Stream's sender, in CPU time of the one thread: made, put into a batch, sent to nowhere in virtual time and put on record;
// and made for itself, as counting a run's requests before it begins does. node test/bench/stream.ts [events a request]
import { systemDigest } from '../../src/adapters/system-world.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { Transport } from '../../src/model/world.ts'
import { headerOf, prepare, run } from '../../src/run.ts'
import { VirtualClock } from '../../src/simulation/virtual-clock.ts'

const ROUNDS = 5
const OK: Outcome = { class: '2xx', status: 200, ambiguous: false, connectMs: -1, retryAfter: '', detail: '' }
const environment = { squall: 'bench', runtime: 'bench', platform: 'bench', cpus: 1, memoryMb: 1 }

const batch = Number(process.argv[2] ?? 500)
const prepared = prepare(
  {
    name: 'bench',
    profile: 'stream',
    ceiling: '1000000/s',
    phases: [{ name: 'live', rate: `${Math.round(150_000 / batch)}/s`, events: 100_000 }],
    ...(batch > 1 && { batch }),
  },
  systemDigest,
)
const events = prepared.plan.phases[0]!.messages.count
const counted: number[] = []
let requests = 0
const sent: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  const before = process.threadCpuUsage()
  const engine = { name: 'node', version: 'bench' } as const
  const header = headerOf(prepared, { id: `bench${round}`, startedAtMs: 0, target: { url: '' }, engine, environment })
  requests = header.planned.first
  counted.push(microsecondsEach(process.threadCpuUsage(before)))
  const beforeRun = process.threadCpuUsage()
  const clock = new VirtualClock(header.startedAtMs)
  const sink = { write: () => undefined, close: () => undefined }
  const recorder = new LedgerWriter(sink, { plan: prepared.plan, header, writer: { id: 'node-0', lanes: [] } })
  const never = new AbortController().signal
  const end = await clock.drain(
    run(prepared, header, {
      clock,
      transport: nowhere(clock),
      digest: systemDigest,
      health: { take: () => ({ loopDelayMaxMs: 0, cpuRatio: 0, rssMb: 0 }) },
      credentials: { apiKey: '', writeKey: 'a-key', headers: [] },
      recorder,
      stop: never,
      abort: never,
    }),
  )
  if (!end.complete) throw new Error('not all was sent', { cause: end.trouble })
  sent.push(microsecondsEach(process.threadCpuUsage(beforeRun)))
}
console.log(`${events} events in ${requests} requests of ${prepared.plan.lanes} lanes, medians of ${ROUNDS} rounds`)
console.log(`counted beforehand:             ${spread(counted)}`)
console.log(`made, batched, sent, on record: ${spread(sent)}`)

function nowhere(clock: VirtualClock): Transport {
  return {
    send(_, done) {
      const timer = clock.at(clock.nowMs() + 1, () => done(OK))
      return {
        abort() {
          timer.cancel()
          return OK
        },
      }
    },
    close: async () => undefined,
    stats: { opened: 0, reused: 0, httpVersion: '1.1', tls: null },
  }
}

function microsecondsEach({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / events
}

function spread(each: readonly number[]): string {
  const sorted = each.toSorted((a, b) => a - b)
  return `${sorted[ROUNDS >> 1]!.toFixed(2)} µs an event, ${sorted[0]!.toFixed(2)} at best`
}
