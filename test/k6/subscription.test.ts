import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { makeCorpus } from '../../generators/corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import { scheduleOf } from '../../generators/schedule/schedule.ts'
import { systemClock, systemDigest } from '../../src/adapters/system-world.ts'
import { carriedEvents } from '../../src/delivery/carried-events.ts'
import type { Delivery } from '../../src/model/delivery.ts'
import type { Plan } from '../../src/model/plan.ts'
import { k6Plan, k6Run } from '../support/k6-run.ts'
import { livePhase, testHeader, testPlan } from '../support/plans.ts'

/** What one request was like. */
interface Taken {
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

type Answer = (taken: Taken, nth: number) => { readonly status: number; readonly headers?: Record<string, string> }

const servers: (() => void)[] = []
afterEach(() => {
  for (const close of servers.splice(0)) close()
})

async function partner(answer: Answer): Promise<{ readonly url: string; readonly taken: Taken[] }> {
  const taken: Taken[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const one = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
      taken.push(one)
      const { status, headers = {} } = answer(one, taken.length)
      response.writeHead(status, headers).end('what the partner says')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, taken }
}

function deliveriesOf(plan: Plan): Delivery[] {
  const schedule = scheduleOf(plan)
  return Array.from({ length: plan.lanes }, (_, lane) => schedule.lane(lane)).flatMap((cursor) => {
    const all: Delivery[] = []
    while (cursor.peekDueMs() !== Number.POSITIVE_INFINITY) all.push(cursor.next())
    return all
  })
}

/** The bodies that the Node engine would send. */
function bodiesOf(plan: Plan, startedAtMs: number): string[] {
  const traffic = trafficOf(makeCorpus(1, plan.traffic.people), plan, testHeader(plan, { startedAtMs }))
  const decoder = new TextDecoder()
  return deliveriesOf(plan).map((delivery) => decoder.decode(carriedEvents(delivery, plan, traffic)[0]))
}

test('each delivery of the schedule is sent once, to the byte, and has a line', async () => {
  const copies = { duplicateShare: 0.1, racingShare: 0.05, lagMeanMs: 100 }
  const phases = [livePhase(400, 400, { copies, shuffleMs: 50 })]
  const plan = k6Plan({ phases })
  const { url, taken } = await partner(() => ({ status: 200 }))
  const startedAtMs = systemClock.wallMs()
  const run = await k6Run(url, { plan: { phases }, header: { startedAtMs } })
  expect(run).toMatchObject({ code: 0, ended: true, head: { plan, writer: { id: 'k6-0' } } })
  expect(taken.map(({ body }) => body).sort()).toEqual(bodiesOf(plan, startedAtMs).sort())
  const sent = run.attempts.map(({ lane, seq, phase, index, size, copy, dueMs }) =>
    JSON.stringify({ lane, seq, phase, index, size, copy, dueMs }),
  )
  const due = deliveriesOf(plan).map(({ lane, seq, phase, index, size, copy, dueMs }) =>
    JSON.stringify({ lane, seq, phase, index, size, copy, dueMs }),
  )
  expect(sent.sort()).toEqual(due.sort())
  expect(run.observations.at(-1)).toMatchObject({ kind: 'end', complete: true })
})

test('requests look as a subscription sends them: no cookie comes back, and nothing asks Go to send them again', async () => {
  const { url, taken } = await partner(() => ({ status: 200, headers: { 'Set-Cookie': 'seen=1; Path=/' } }))
  await k6Run(url, { plan: { phases: [livePhase(50, 500)] } })
  expect(taken).toHaveLength(50)
  for (const { headers } of taken) {
    expect(Object.keys(headers).sort()).toEqual([
      ...['accept', 'authorization', 'cache-control', 'connection', 'content-length', 'content-type', 'host'],
      ...['user-agent', 'x-segment-settings'],
    ])
  }
})

test('a header with which Go would send requests twice is refused, and so is the corpus of another plan', async () => {
  const { url, taken } = await partner(() => ({ status: 200 }))
  const credentials = { apiKey: 'key', headers: ['X-Idempotency-Key', '1'] }
  const resent = await k6Run(url, { assignment: { credentials } })
  expect(resent).toMatchObject({ head: undefined, log: expect.stringContaining('leave it out') })
  const stranger = await k6Run(url, { plan: { generator: { version: '1', corpusDigest: 'another' } } })
  expect(stranger).toMatchObject({ head: undefined, log: expect.stringContaining('not the one of this plan') })
  expect(taken).toEqual([])
})

test('a body is signed over its very bytes', async () => {
  const { url, taken } = await partner(() => ({ status: 200 }))
  const credentials = { apiKey: '', headers: ['X-Twice', 'a', 'X-Twice', 'b'], sharedSecret: 'sésame' }
  await k6Run(url, { plan: { profile: 'webhook', phases: [livePhase(60, 600)] }, assignment: { credentials } })
  expect(taken).toHaveLength(60)
  for (const { headers, body } of taken) {
    expect(headers['x-signature']).toBe(systemDigest.hmacSha1Hex('sésame', new TextEncoder().encode(body)))
    expect(headers['x-twice']).toBe('a, b')
  }
})

test('trouble is tried again as the policy says, and what the partner said is kept', async () => {
  const seen = new Map<string, number>()
  const { url } = await partner(({ body }) => {
    const times = (seen.get(body) ?? 0) + 1
    seen.set(body, times)
    if (times === 1) return { status: 503, headers: { 'Retry-After': '1' } }
    return { status: times === 2 ? 429 : 200 }
  })
  const retry = { ...testPlan().retry, firstDelayMs: 20, timeScale: 1, windowMs: 60_000 }
  const run = await k6Run(url, { plan: { phases: [livePhase(30, 300)], retry } })
  const byAttempt = Map.groupBy(run.attempts, ({ attempt }) => attempt)
  expect(byAttempt.get(1)?.map((one) => `${one.class} ${one.next}`)).toEqual(Array(30).fill('5xx retry'))
  expect(byAttempt.get(2)?.map((one) => `${one.class} ${one.next}`)).toEqual(Array(30).fill('4xx retry'))
  expect(byAttempt.get(3)?.map((one) => `${one.class} ${one.next}`)).toEqual(Array(30).fill('2xx acked'))
  const answers = run.observations.filter((one) => one.kind === 'answer')
  expect(answers.map(({ text }) => text)).toEqual(Array(answers.length).fill('what the partner says'))
  for (const first of byAttempt.get(1)!) {
    const second = byAttempt.get(2)!.find((one) => one.lane === first.lane && one.seq === first.seq)!
    expect(second.attemptDueMs).toBe(first.retryAtMs)
    expect(second.pumpLagMs + second.slotWaitMs).toBeGreaterThanOrEqual(0)
  }
})
