import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { k6Run } from '../support/k6-run.ts'
import { livePhase, testPlan } from '../support/plans.ts'
import { tcpServer } from '../support/tcp-server.ts'

/**
 * Shows that k6 needs no more memory the longer a run lasts: `node test/proofs/k6-memory.ts [--warm N] [--requests N] [--allow MB]`.
 * Its resident memory is looked at every few hundred requests; the most that it is in the last fifth of a run is held against the most that it
 * is in the fifth behind the warm-up. Exit 1 when it grew by more than is allowed.
 */
const { values } = parseArgs({
  options: {
    warm: { type: 'string', default: '20000' },
    requests: { type: 'string', default: '60000' },
    allow: { type: 'string', default: '16' },
  },
})
const [warm, requests, allowMb] = [Number(values.warm), Number(values.requests), Number(values.allow)]
const STEP = 200
const OK = 'HTTP/1.1 204 No Content\r\n\r\n'

function residentMb({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
}

const seen: { readonly request: number; readonly mb: number }[] = []
let k6: ChildProcess | undefined
const server = await tcpServer((socket, _, nth) => {
  socket.write(OK)
  server.received.fill('')
  if (k6?.exitCode === null && nth % STEP === 0) seen.push({ request: nth, mb: residentMb(k6) })
})
const run = await k6Run(server.url, {
  plan: {
    phases: [livePhase(requests, 2000)],
    delivery: { ...testPlan().delivery, inFlightMax: 50 },
  },
  onStart: (started) => {
    k6 = started
  },
})
await server.close()

const fifth = (requests - warm) / 5
const mostBetween = (from: number, to: number): number =>
  Math.max(...seen.filter(({ request }) => request >= from && request < to).map(({ mb }) => mb))
const [early, late] = [mostBetween(warm, warm + fifth), mostBetween(requests - fifth, requests)]
const grew = late - early
console.log(
  `k6: ${early.toFixed(1)} MB in the fifth after ${warm} requests, ${late.toFixed(1)} MB in the last of ${requests}: ` +
    `${grew.toFixed(1)} MB more, ${allowMb} MB allowed`,
)
process.exitCode = run.ended && run.attempts.length === requests && grew <= allowMb ? 0 : 1
