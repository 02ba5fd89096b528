/**
 * What an audit costs, with ids and event times and with bodies: CPU time of a reading, and the most memory that the process ever held.
 * Each is a process of its own, so that neither pays for the other nor for the making of its receipts. `node test/bench/audit.ts [count]`
 */
import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, cpuUsage, execPath, resourceUsage } from 'node:process'
import { fileURLToPath } from 'node:url'
import { trafficOf } from '../../generators/message.ts'
import { receiptSource } from '../../src/adapters/receipts/receipt-source.ts'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { audit } from '../../src/analysis/audit.ts'
import type { Traffic } from '../../src/model/message.ts'
import type { Plan } from '../../src/model/plan.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import { headerOf, prepare } from '../../src/run.ts'
import { standingsOf } from '../support/audit-case.ts'
import { jumpingClock } from '../support/jumping-clock.ts'

type Kind = 'ids and times' | 'bodies'

interface Run {
  readonly plan: Plan
  readonly header: RunHeader
  readonly traffic: Traffic
}

const ENTRY = fileURLToPath(new URL('./sparing-audit.ts', import.meta.url))

const [, , countText = '1000000', kind, path] = argv
const count = Number(countText)
if (kind === undefined || path === undefined) measureAll()
else if (path.endsWith('.made')) await write(runOf(count), kind as Kind, path)
else await measure(runOf(count), kind as Kind, path.replace('.read', '.made'))

function measureAll(): void {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  for (const each of ['ids and times', 'bodies'] satisfies Kind[]) {
    for (const end of ['made', 'read']) {
      const args = [ENTRY, countText, each, join(folder, `receipts.${end}`)]
      execFileSync(execPath, args, { stdio: 'inherit' })
    }
  }
  rmSync(folder, { recursive: true })
}

function runOf(events: number): Run {
  const prepared = prepare(
    { name: 'bench', people: 200, phases: [{ name: 'live', rate: '2000/s', events }] },
    systemDigest,
  )
  const environment = { squall: 'bench', runtime: 'bench', platform: 'bench', cpus: 1, memoryMb: 1 }
  const engine = { name: 'node', version: 'bench' } as const
  const start = {
    id: 'bench',
    startedAtMs: Date.UTC(2026, 0, 1),
    target: { url: 'http://127.0.0.1/' },
    engine,
    environment,
  }
  const header = headerOf(prepared, start)
  return { plan: prepared.plan, header, traffic: trafficOf(prepared.corpus, prepared.plan, header) }
}

async function measure({ plan, header, traffic }: Run, what: Kind, file: string): Promise<void> {
  const before = cpuUsage()
  const world = { clock: jumpingClock(5000), digest: systemDigest, startedAtMs: 1000, settleMs: 2000 }
  const source = receiptSource(`file:${file}`)
  const request = { plan, header, traffic, standings: standingsOf(plan), source, ...world }
  const findings = await audit(request)
  if (findings.foundCount !== count || findings.altered.count + findings.misdated.count > 0)
    throw new Error('misjudged')
  const { user, system } = cpuUsage(before)
  const cpuS = (user + system) / 1e6
  const rssMb = Math.round(resourceUsage().maxRSS / 1024)
  console.log(
    `${count} receipts with ${what}: ${cpuS.toFixed(1)} s of CPU for ${findings.readings} readings, at most ${rssMb} MB`,
  )
}

async function write({ traffic }: Run, what: Kind, to: string): Promise<void> {
  const file = createWriteStream(to)
  for (let index = 0; index < count; index++) {
    const isFree = file.write(`${JSON.stringify(receiptAt(traffic, index, what))}\n`)
    if (!isFree) await new Promise<void>((done) => file.once('drain', done))
  }
  await new Promise<void>((done) => file.end(done))
}

function receiptAt(traffic: Traffic, index: number, what: Kind): Record<string, string> {
  const { messageId, bytes } = traffic.messageAt(index, 'live')
  if (what === 'bodies') return { messageId, body: new TextDecoder().decode(bytes) }
  return { messageId, timestamp: new Date(traffic.timestampMsAt(index)).toISOString() }
}
