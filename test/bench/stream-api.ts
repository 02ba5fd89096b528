// What an event costs the embedded HTTP Tracking API: CPU time of its process, for batches of 500 events of some 500 bytes, with each store.
// node test/bench/stream-api.ts [requests]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { processUsage } from '../../src/adapters/k6/process-usage.ts'
import { cliEntry } from '../../src/cli/cli-entry.ts'
import { exchange } from '../support/exchange.ts'

const EVENTS_PER_BATCH = 500
const CONNECTIONS = 4
const WARM_UP_REQUESTS = 60

const requests = Number(process.argv[2] ?? 400)
const folder = mkdtempSync(join(tmpdir(), 'squall-bench-'))
const batch = JSON.stringify({
  batch: Array.from({ length: EVENTS_PER_BATCH }, eventOf),
  sentAt: '2026-01-01T00:00:01.000Z',
})
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
const headers = { authorization: `Basic ${Buffer.from('bench:').toString('base64')}` }

console.log(`batches of ${EVENTS_PER_BATCH} events, ${(batch.length / EVENTS_PER_BATCH).toFixed(0)} bytes each`)
for (const store of ['null', 'memory', `sqlite:${join(folder, 'bench.db')}`]) await measure(store)
agent.destroy()
rmSync(folder, { recursive: true })

async function measure(store: string): Promise<void> {
  const child = spawn(process.execPath, [cliEntry, 'receive', 'stream', '--store', store, '--rate', 'none'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [ready] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { url } = JSON.parse(ready) as { url: string }
  await send(url, 0, WARM_UP_REQUESTS)
  const usage = processUsage(child.pid!)
  const startedAtMs = performance.now()
  await send(url, WARM_UP_REQUESTS, requests)
  const wallMs = performance.now() - startedAtMs
  const { cpuRatio, rssMb } = usage.take()
  const cpuUs = ((cpuRatio ?? Number.NaN) * wallMs * 1000) / (requests * EVENTS_PER_BATCH)
  const [name] = store.split(':', 1)
  console.log(
    `${name}: ${cpuUs.toFixed(2)} µs of CPU an event, ${Math.round(1e6 / cpuUs)} events a CPU second, ${rssMb?.toFixed(0)} MB`,
  )
  child.kill()
  await once(child, 'exit')
}

/** Over a few connections, each of which waits for its answers. */
async function send(url: string, from: number, count: number): Promise<void> {
  let next = from
  const connection = async (): Promise<void> => {
    while (next < from + count) await post(url, next++)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
}

async function post(url: string, request: number): Promise<void> {
  const body = batch.replaceAll('@@@@@@@@', request.toString(16).padStart(8, '0'))
  const { status } = await exchange(`${url}v1/batch`, { method: 'POST', body, headers, agent })
  if (status !== 200) throw new Error(`the answer was ${status}`)
}

/** The ids of no two requests are near one another, as with real ones. */
function eventOf(_: unknown, i: number): object {
  const id = Math.imul(i + 1, 0x9e3779b1) >>> 0
  return {
    context: {
      integration: { name: 'acme-mail', version: '1.0.0' },
      squall: { run: 'bench', synthetic: true },
      acmeId: `c_${id}`,
    },
    event: 'Email Opened',
    properties: {
      email_id: `em_${id}`,
      email_subject: 'Your order has shipped and will arrive soon',
      campaign_id: 'cmp_88',
      campaign_name: 'Spring sale for members',
      link_url: 'https://shop.example.com/a/b?c=d',
    },
    messageId: `${id.toString(16).padStart(8, '0')}-1111-4222-8333-0000@@@@@@@@`,
    timestamp: '2026-01-01T00:00:00.123Z',
    type: 'track',
    userId: `sq_bench_u${i}`,
  }
}
