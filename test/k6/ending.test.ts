import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startControlServer } from '../../src/adapters/k6/control-server.ts'
import { type K6Run, type K6RunOptions, k6Run } from '../support/k6-run.ts'
import { livePhase, testPlan } from '../support/plans.ts'
import { tcpServer } from '../support/tcp-server.ts'

const OK = 'HTTP/1.1 204 No Content\r\n\r\n'
const { delivery } = testPlan()

interface Ending extends K6Run {
  /** From `act` to the end of the process. */
  readonly tookMs: number
  readonly requests: number
}

/** Lets a run of a minute come to its nth request and print some attempts, acts, and waits for its end. */
async function endedBy(
  act: (k6: ChildProcess) => void,
  options: K6RunOptions & { readonly answers?: boolean; readonly after?: number } = {},
): Promise<Ending> {
  const { answers = true, after = 200 } = options
  let actedAtMs = 0
  let k6: ChildProcess | undefined
  let printed = (): boolean => false
  const server = await tcpServer((socket, _, nth) => {
    if (answers || nth < after / 2) socket.write(OK)
    if (nth < after || actedAtMs > 0 || !printed()) return
    actedAtMs = performance.now()
    act(k6!)
  })
  const run = await k6Run(server.url, {
    plan: { phases: [livePhase(60_000, 1000)], ...options.plan },
    ...options,
    onStart: (started, lines) => {
      k6 = started
      printed = () => readFileSync(lines, 'utf8').includes('\na ')
    },
  })
  const tookMs = performance.now() - actedAtMs
  await server.close()
  return { ...run, tookMs, requests: server.requests() }
}

test('Ctrl-C to k6 itself ends it at once: what is under way stays without an outcome, and nothing is sent again and again', async () => {
  const run = await endedBy((k6) => k6.kill('SIGINT'), { answers: false })
  expect(run).toMatchObject({ code: 105, ended: false })
  expect(run.tookMs).toBeLessThan(2000)
  expect(run.attempts.filter((one) => one.class !== '2xx')).toEqual([])
  expect(run.requests).toBeLessThan(1000)
  expect(run.attempts.length).toBeGreaterThan(0)
  expect(run.observations).toContainEqual(expect.objectContaining({ mark: 'stopped', text: 'k6 was told to end' }))
})

test('a stop from the parent ends a run well: what is under way is waited for, and the last line says so', async () => {
  const control = await startControlServer()
  const run = await endedBy(() => control.stop('SIGINT'), { assignment: { control: control.url } })
  control.close()
  expect(run).toMatchObject({ code: 0, ended: true })
  expect(run.observations.at(-1)).toMatchObject({ kind: 'end', complete: false })
  expect(run.observations).toContainEqual(expect.objectContaining({ mark: 'stopped', text: 'SIGINT' }))
  expect(run.attempts).toHaveLength(run.requests)
})

test('an abort from the parent ends a run that nobody answers any more', async () => {
  const control = await startControlServer()
  const run = await endedBy(() => control.abort(), { answers: false, assignment: { control: control.url } })
  control.close()
  expect(run).toMatchObject({ code: 108, ended: false })
  expect(run.tookMs).toBeLessThan(2000)
  expect(run.attempts.length).toBeGreaterThan(0)
})

test('a parent that is gone ends a run within two seconds', async () => {
  const control = await startControlServer()
  const run = await endedBy(() => control.close(), { answers: false, assignment: { control: control.url } })
  expect(run).toMatchObject({ code: 108, ended: false })
  expect(run.tookMs).toBeLessThan(2000)
})

test('20 000 overdue deliveries stay indices: k6 needs less than 200 MB', async () => {
  let peakMb = 0
  const run = await endedBy(
    (k6) => {
      peakMb = peakRssMb(k6)
      k6.kill('SIGINT')
    },
    {
      answers: false,
      after: 40,
      plan: {
        phases: [livePhase(21_000, 100_000)],
        delivery: { ...delivery, inFlightMax: 20, timeoutMs: 1000 },
        retry: { ...testPlan().retry, policy: 'none' },
      },
    },
  )
  const overdue = run.observations.flatMap((one) => (one.kind === 'sample' ? [one.overdue] : []))
  expect(Math.max(...overdue)).toBeGreaterThan(20_000)
  expect(peakMb).toBeLessThan(200)
})

function peakRssMb({ pid }: ChildProcess): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
}
