import { afterEach, describe, expect, it } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { UndiciTransport } from '../../src/adapters/undici-transport.ts'
import { requestsOf } from '../../src/delivery/profile.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { OutgoingRequest } from '../../src/model/world.ts'
import { testPlan } from '../support/plans.ts'
import { type TcpServer, tcpServer } from '../support/tcp-server.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
const BODY = new TextEncoder().encode('{"type":"track"}')
const request: OutgoingRequest = requestsOf(testPlan(), { apiKey: 'segment', headers: [] }, systemDigest)([BODY])

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((thing) => thing.close()))
})

async function against(act: Parameters<typeof tcpServer>[0], connections = 1): Promise<[TcpServer, UndiciTransport]> {
  const server = await tcpServer(act)
  const transport = new UndiciTransport(server.url, { connections, connectionsMax: 8 })
  open.push(transport, server)
  return [server, transport]
}

function send(transport: UndiciTransport): Promise<Outcome> {
  return new Promise((resolve) => transport.send(request, resolve))
}

describe('the undici transport', () => {
  it('sends a subscription request with the headers that Segment documents, and nothing that gives a retry away', async () => {
    const [server, transport] = await against((socket) => socket.write(OK))
    await send(transport)
    const [head, body] = server.received[0]!.split('\r\n\r\n')
    const [line, ...headers] = head!.split('\r\n')
    expect(line).toBe('POST /hook?x=1 HTTP/1.1')
    expect(body).toBe('{"type":"track"}')
    const named = Object.fromEntries(
      headers.map((header) => header.split(': ').map((part, i) => (i ? part : part.toLowerCase()))),
    )
    expect(named).toEqual({
      host: `127.0.0.1:${server.port}`,
      connection: expect.stringMatching(/^keep-alive$/i),
      accept: '*/*',
      authorization: 'Basic c2VnbWVudDo=',
      'cache-control': 'no-cache',
      'content-type': 'application/json',
      'content-length': '16',
      'user-agent': 'Segment.io/1.0',
      'x-segment-settings': 'e30=',
    })
  })

  it('uses its connections in turn and keeps them open', async () => {
    const [server, transport] = await against((socket) => socket.write(OK), 2)
    for (let i = 0; i < 4; i++) await send(transport)
    expect(server.received.map((text) => text.split('POST').length - 1)).toEqual([2, 2])
    expect(transport.stats).toMatchObject({ opened: 2, reused: 2, max: 2 })
  })

  it('opens more connections while all are busy, and gives them up again', async () => {
    const held: (() => void)[] = []
    const [, transport] = await against((socket) => held.push(() => socket.write(OK)), 1)
    const answers = [send(transport), send(transport), send(transport)]
    await expect.poll(() => held.length).toBe(3)
    for (const answer of held) answer()
    await Promise.all(answers)
    expect(transport.stats.max).toBe(3)
    const another = send(transport)
    await expect.poll(() => held.length).toBe(4)
    held[3]!()
    await another
    expect(transport.stats.opened).toBe(3)
  })

  it.each<[string, Parameters<typeof tcpServer>[0], Partial<Outcome>]>([
    [
      'a redirect',
      (s) => s.write('HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n'),
      { class: '3xx', status: 302, ambiguous: false, detail: 'Location: http://169.254.169.254/' },
    ],
    [
      'a refusal with a reason',
      (s) => s.write('HTTP/1.1 400 Bad\r\nContent-Length: 4\r\n\r\nnope'),
      { class: '4xx', status: 400, detail: 'nope' },
    ],
    [
      'Retry-After',
      (s) => s.write('HTTP/1.1 429 Slow\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n'),
      { class: '4xx', status: 429, retryAfter: '3' },
    ],
    [
      'early hints before the answer',
      (s) => s.write(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}`),
      { class: '2xx', status: 200 },
    ],
    ['a reset before the answer', (s) => s.resetAndDestroy(), { class: 'reset', status: 0, ambiguous: true }],
    ['an end before the answer', (s) => s.end(), { class: 'reset', status: 0, ambiguous: true }],
    ['half a head', (s) => s.end('HTTP/1.1 200 OK\r\nConte'), { class: 'reset', status: 0, ambiguous: true }],
    ['no HTTP at all', (s) => s.write('SSH-2.0-OpenSSH\r\n\r\n'), { class: 'malformed', status: 0, ambiguous: true }],
    [
      'a 2xx whose body breaks off',
      (s) => s.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'),
      {
        class: '2xx',
        status: 200,
        ambiguous: false,
        detail: expect.stringContaining('broke off') as unknown as string,
      },
    ],
    [
      'a 2xx with an endless body',
      (s) => s.write(`HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n${'x'.repeat(100_000)}`),
      { class: '2xx', status: 200, detail: expect.stringContaining('longer than 65536') as unknown as string },
    ],
  ])('takes %s for what it is, and sends nothing again', async (_, act, expected) => {
    const [server, transport] = await against(act)
    expect(await send(transport)).toMatchObject(expected)
    expect(server.requests()).toBe(1)
  })

  it('tells a refused connection from trouble after the bytes had left', async () => {
    const [server, transport] = await against(() => {})
    await server.close()
    open.length = 0
    open.push(transport)
    expect(await send(transport)).toMatchObject({ class: 'refused', status: 0, ambiguous: false })
  })

  it('says how long a new connection took, and only for the attempt that opened it', async () => {
    const [, transport] = await against((socket) => socket.write(OK))
    expect((await send(transport)).connectMs).toBeGreaterThan(0)
    expect((await send(transport)).connectMs).toBe(-1)
  })

  it('ends an attempt that is aborted, as one that may have been stored, and goes on with a new connection', async () => {
    const [server, transport] = await against((socket, _, nth) => nth > 0 && socket.write(OK))
    const attempt = transport.send(request, () => expect.unreachable('an aborted attempt reports nothing'))
    await expect.poll(() => server.requests()).toBe(1)
    expect(attempt.abort()).toMatchObject({ class: 'timeout', status: 0, ambiguous: true })
    expect(await send(transport)).toMatchObject({ class: '2xx' })
    expect(server.requests()).toBe(2)
  })

  it('goes on over new connections when the server closes each one after its answer', async () => {
    const [server, transport] = await against((socket) => socket.end(OK.replace('\r\n', '\r\nConnection: close\r\n')))
    for (let i = 0; i < 5; i++) expect(await send(transport)).toMatchObject({ class: '2xx' })
    expect(server.requests()).toBe(5)
    expect(transport.stats).toMatchObject({ opened: 5, reused: 0 })
  })
})
