import { afterEach, describe, expect, it } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { UndiciTransport } from '../../src/adapters/undici-transport.ts'
import { requestsOf } from '../../src/delivery/profile.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { OutgoingRequest } from '../../src/model/world.ts'
import { testPlan } from '../support/plans.ts'
import { realRun } from '../support/real-run.ts'
import { readied } from '../support/rehearsals.ts'
import { type TcpServer, tcpServer } from '../support/tcp-server.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
const LOST = { class: 'local', status: 0, ambiguous: true, answerLost: true, detail: '' }

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((thing) => thing.close()))
})

async function against(act: Parameters<typeof tcpServer>[0]): Promise<[TcpServer, UndiciTransport]> {
  const server = await tcpServer(act)
  const transport = new UndiciTransport(server.url, { connections: 1, connectionsMax: 4 })
  open.push(transport, server)
  return [server, transport]
}

function requestWith(text: string): OutgoingRequest {
  const bytes = new TextEncoder().encode(text)
  return requestsOf(testPlan(), { apiKey: 'segment', headers: [] }, systemDigest)([bytes])
}

function send(transport: UndiciTransport, request: OutgoingRequest): Promise<Outcome> {
  return new Promise((resolve) => transport.send(request, resolve))
}

describe('a request whose answer is to be lost', () => {
  it('arrives whole, and ends without its answer', async () => {
    const [server, transport] = await against((socket) => socket.write(OK))
    const outcome = await send(transport, { ...requestWith('{"type":"track"}'), loseAnswer: true })
    expect(outcome).toMatchObject(LOST)
    expect(server.received[0]).toMatch(/\{"type":"track"\}$/)
  })

  it('arrives whole at a receiver that never answers', async () => {
    const [server, transport] = await against(() => undefined)
    const long = JSON.stringify({ type: 'track', text: 'x'.repeat(30_000) })
    expect(await send(transport, { ...requestWith(long), loseAnswer: true })).toMatchObject(LOST)
    expect(server.received[0]!.endsWith(long)).toBe(true)
  })

  it('closes its connection; the next request goes over another', async () => {
    const [server, transport] = await against((socket) => socket.write(OK))
    await send(transport, { ...requestWith('{"n":1}'), loseAnswer: true })
    expect(await send(transport, requestWith('{"n":2}'))).toMatchObject({ class: '2xx' })
    expect(server.received).toHaveLength(2)
    expect(transport.stats.closedByPeer).toBe(0)
  })

  it('is refused like any other where nobody listens', async () => {
    const [server, transport] = await against((socket) => socket.write(OK))
    await server.close()
    const outcome = await send(transport, { ...requestWith('{}'), loseAnswer: true })
    expect(outcome).toMatchObject({ class: 'refused', ambiguous: false })
    expect(outcome.answerLost).toBeUndefined()
  })
})

describe('a run that loses answers on purpose, on real sockets', () => {
  const lossy = readied({
    settle: '1s',
    phases: [{ name: 'live', rate: '400/s', duration: '500ms', duplicates: '10%', lag: '50ms' }],
    lostAnswers: '30%',
    timeScale: 3000,
    objectives: { 'success-rate': '>= 90%' },
  })

  it('finds nothing wrong with a sound receiver, and each event once', async () => {
    const report = await realRun(lossy, 'sound', [], 1)
    expect(report.verdicts.filter(({ status }) => status !== 'pass')).toEqual([])
    expect(report.classes.local).toBeGreaterThan(40)
    expect(report.classes.reset).toBe(0)
    expect(report.counts.acked).toBe(report.counts.sent)
  })

  it('shows a receiver that stores the retry as well', async () => {
    const { verdicts } = await realRun(lossy, 'doubles', ['no-dedupe'], 1)
    expect(verdicts.find(({ id }) => id === 'idempotent')!.status).toBe('fail')
  })
})
