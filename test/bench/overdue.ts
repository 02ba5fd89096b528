// What 50 000 overdue deliveries cost in memory: a far side that holds every answer back while 10 000 fall due each second.
// node --expose-gc test/bench/overdue.ts
import { copyCountsOf, scheduleOf } from '../../generators/schedule/schedule.ts'
import { systemClock, systemDigest } from '../../src/adapters/system-world.ts'
import { LedgerWriter } from '../../src/ledger/writer.ts'
import type { Snapshot } from '../../src/model/snapshot.ts'
import type { Transport } from '../../src/model/world.ts'
import { messagesOf, run } from '../../src/run.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'
import { readied } from '../support/rehearsals.ts'

const plan = testPlan({ phases: [livePhase(56_000, 10_000)] })
const prepared = {
  ...readied({ phases: [{ name: 'live', rate: '1/s', duration: '1s' }] }),
  plan,
  schedule: scheduleOf(plan),
}
const header = testHeader(plan, { planned: copyCountsOf(plan), startedAtMs: systemClock.wallMs() })
const traffic = messagesOf(prepared, header)
for (let i = 0; i < 20_000; i++) traffic.messageAt(i, 'live')

const held: (() => void)[] = []
const transport: Transport = {
  stats: { opened: 0, reused: 0, closedByPeer: 0, max: 0, httpVersion: '1.1', tls: null },
  close: async () => undefined,
  send(_, done) {
    const answer = (): void =>
      done({ class: '2xx', status: 200, ambiguous: false, connectMs: -1, retryAfter: '', detail: '' })
    if (held.length < 512) held.push(answer)
    else setImmediate(answer)
    return {
      abort: () => ({ class: 'timeout', status: 0, ambiguous: true, connectMs: -1, retryAfter: '', detail: '' }),
    }
  },
}

const nowhere = { write: () => undefined, close: () => undefined }
const recorder = new LedgerWriter(nowhere, { plan, header, writer: { id: 'bench', lanes: [] } })
const never = new AbortController().signal
const idleMb = rssMb()
let most: Snapshot | undefined
let mostMb = 0

await run(prepared, header, {
  clock: systemClock,
  digest: systemDigest,
  transport,
  health: { take: () => ({ loopDelayMaxMs: 0, cpuRatio: 0, rssMb: 0 }) },
  credentials: { apiKey: 'bench', headers: [] },
  recorder,
  stop: never,
  abort: never,
  onSnapshot(snapshot) {
    if (snapshot.overdue > (most?.overdue ?? 0)) most = snapshot
    mostMb = Math.max(mostMb, rssMb())
    if (snapshot.overdue >= 50_000 || snapshot.atMs > 5550) for (const answer of held.splice(0)) answer()
  },
})
console.log(
  `${most?.overdue} overdue at most: ${(mostMb - idleMb).toFixed(1)} MB above the ${idleMb.toFixed(0)} MB of an idle process`,
)

function rssMb(): number {
  globalThis.gc?.()
  return process.memoryUsage.rss() / 2 ** 20
}
