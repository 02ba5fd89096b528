import { once } from 'node:events'
import { createServer, type LookupFunction, type Socket } from 'node:net'
import type { TLSSocketOptions } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { UndiciTransport } from '../../src/adapters/undici-transport.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { OutgoingRequest } from '../../src/model/world.ts'
import { expectPunctual } from '../support/expect-punctual.ts'
import { runProgram } from '../support/run-program.ts'
import { tcpServer } from '../support/tcp-server.ts'
import { testCertificates } from '../support/test-certificates.ts'
import { outcomesOf, runOverWire } from '../support/wire-run.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
const COUNT = 12
const TIMEOUT_MS = 600
const { ca, ...certificates } = await testCertificates()
const tls = { ca }

/** A resolver of one's own, for a name that nobody else knows. */
const PARTNER = 'http://partner.invalid/'
type Resolved = Parameters<LookupFunction>[2]
const lookupThat =
  (act: (done: Resolved) => void): LookupFunction =>
  (_name, _options, done) =>
    act(done)

describe.concurrent('a connection that does not come about leaves nothing ambiguous', () => {
  it('when nobody listens', async () => {
    const server = await tcpServer(() => {})
    await server.close()
    expect(outcomesOf(await runOverWire(server.url, { count: COUNT }))).toEqual(['refused 0 false'])
  })

  it.each([
    ['the name does not exist', 'ENOTFOUND', 'dns 0 false'],
    ['the resolver fails', 'EAI_AGAIN', 'dns 0 false'],
    ['this machine has no port left', 'EADDRNOTAVAIL', 'local 0 false'],
    ['this machine has no descriptor left', 'EMFILE', 'local 0 false'],
  ])('when %s (%s)', async (_, code, expected) => {
    const lookup = lookupThat((done) => done(Object.assign(new Error(code), { code }), '', 4))
    expect(outcomesOf(await runOverWire(PARTNER, { count: COUNT, lookup }))).toEqual([expected])
  })

  it('when the resolver never answers', async () => {
    const run = await runOverWire(PARTNER, { count: COUNT, timeoutMs: TIMEOUT_MS, lookup: lookupThat(() => {}) })
    expect(outcomesOf(run)).toEqual(['timeout 0 false'])
    expectPunctual(run, TIMEOUT_MS)
  })

  it.each<[string, TLSSocketOptions]>([
    ['has expired', certificates.expired],
    ['is for another name', certificates.otherName],
    ['is signed by nobody', certificates.selfSigned],
    ['comes over an old protocol', { ...certificates.sound, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }],
  ])('when the certificate %s', async (_, options) => {
    const server = await tcpServer((socket) => socket.write(OK), options)
    const run = await runOverWire(server.url, { count: COUNT, tls })
    await server.close()
    expect(outcomesOf(run)).toEqual(['tls 0 false'])
    expect(server.requests()).toBe(0)
  })

  it.each<[string, (socket: Socket) => void]>([
    ['closes', (socket) => socket.end()],
    ['resets', (socket) => socket.resetAndDestroy()],
    ['speaks no TLS', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('when the server %s in the handshake', async (_, act) => {
    const server = await rawServer((socket) => socket.once('data', () => act(socket)))
    const run = await runOverWire(`https://127.0.0.1:${server.port}/`, { count: COUNT, tls })
    await server.close()
    expect(outcomesOf(run)).toEqual(['tls 0 false'])
    expect(server.connections()).toBe(COUNT)
  })
})

describe.concurrent('a connection that is not what it was', () => {
  it('asks for the address anew at each connection', async () => {
    const server = await tcpServer((socket) => socket.end(OK.replace('Content', 'Connection: close\r\nContent')))
    let asked = 0
    const lookup = lookupThat((done) => done(null, [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }]))
    const url = `http://partner.invalid:${server.port}/`
    const run = await runOverWire(url, { count: COUNT, lookup, connections: 1, perSecond: 20 })
    await server.close()
    expect(outcomesOf(run)).toEqual(['2xx 200 false', 'refused 0 false'])
    expect(server.requests()).toBe(1)
  })

  it('is replaced when bytes come while it idles, and they answer no later request', async () => {
    const sockets: Socket[] = []
    const server = await tcpServer((socket) => sockets.push(socket) && socket.write(OK))
    const transport = new UndiciTransport(server.url, { connections: 1, connectionsMax: 1 })
    expect(await sent(transport)).toMatchObject({ class: '2xx', status: 200 })
    sockets[0]!.write('HTTP/1.1 500 Poison\r\nContent-Length: 0\r\n\r\n')
    await once(sockets[0]!, 'close')
    expect(await sent(transport)).toMatchObject({ class: '2xx', status: 200 })
    expect([server.requests(), server.received.length]).toEqual([2, 2])
    await Promise.all([transport.close(), server.close()])
  })

  it('gives a request that waits its own answer, not the second one to the request before', async () => {
    const server = await tcpServer((socket, _, nth) =>
      socket.write(nth === 0 ? `${OK}HTTP/1.1 500 Poison\r\nContent-Length: 0\r\n\r\n` : OK.replace('200', '201')),
    )
    const transport = new UndiciTransport(server.url, { connections: 1, connectionsMax: 1 })
    const second = await new Promise<Outcome>((resolve) => {
      transport.send(REQUEST, () => transport.send(REQUEST, resolve))
    })
    expect(second).toMatchObject({ class: '2xx', status: 201 })
    expect(server.requests()).toBe(2)
    await Promise.all([transport.close(), server.close()])
  })

  it('sends nothing twice when the server closes idle connections at about the time they are used again', async () => {
    const server = await tcpServer((socket) => {
      socket.write(OK)
      setTimeout(() => socket.end(), 15)
    })
    const run = await runOverWire(server.url, { count: 60, perSecond: 200, connections: 3 })
    await server.close()
    const outcomes = outcomesOf(run)
    expect(['2xx 200 false', 'reset 0 true']).toEqual(expect.arrayContaining(outcomes))
    const bodies = server.received.join('').match(/\{"n":\d+\}/g) ?? []
    expect(new Set(bodies).size).toBe(bodies.length)
    expect(bodies.length).toBeLessThanOrEqual(run.attempts.length)
  })

  it('takes an early 413 for the answer while most of the event is still to be sent', async () => {
    const server = await rawServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'))
      socket.resume()
    })
    const large = new Uint8Array(4 * 2 ** 20)
    const run = await runOverWire(`http://127.0.0.1:${server.port}/`, { count: 4, bodyOf: () => large })
    await server.close()
    expect(outcomesOf(run)).toEqual(['4xx 413 false'])
    expect(server.connections()).toBe(4)
  })
})

describe('what a run may take of this machine', () => {
  it('a handshake that never ends is a timeout in time, nothing was sent, and no socket stays open', async () => {
    const server = await rawServer((socket) => socket.resume())
    const run = await runOverWire(`https://127.0.0.1:${server.port}/`, { count: COUNT, timeoutMs: TIMEOUT_MS, tls })
    expect(outcomesOf(run)).toEqual(['timeout 0 false'])
    expectPunctual(run, TIMEOUT_MS)
    await expect.poll(server.open).toBe(0)
    await server.close()
  })

  it('a process without descriptors says so of itself, and its other attempts go on', async () => {
    const server = await tcpServer(() => {})
    const code = `const { runOverWire } = await import('./test/support/wire-run.ts')
      const run = await runOverWire('${server.url}', { count: 100, perSecond: 2000, connections: 100, timeoutMs: 600 })
      const classes = [...new Set(run.attempts.map((one) => one.class))].sort()
      console.log(JSON.stringify([classes, run.attempts.filter((one) => one.class === 'local' && one.ambiguous).length, run.attempts.length]))`
    const limited = ['-c', 'ulimit -n 60; exec "$0" --input-type=module -e "$1"', process.execPath, code]
    const { stdout } = await runProgram('bash', limited, process.cwd(), {})
    await server.close()
    expect(JSON.parse(stdout)).toEqual([['local', 'timeout'], 0, 100])
  })

  it('a flood of errors of 64 KB each is not kept', async () => {
    const error = Buffer.from(`HTTP/1.1 503 Busy\r\nContent-Length: 65536\r\n\r\n${'e'.repeat(65_536)}`)
    const server = await tcpServer((socket) => socket.write(error))
    const idle = process.memoryUsage.rss()
    let most = 0
    const run = await runOverWire(server.url, {
      count: 4000,
      perSecond: 2000,
      connections: 32,
      bodyOf: () => {
        most = Math.max(most, process.memoryUsage.rss())
        return new Uint8Array(2)
      },
    })
    await server.close()
    expect(run.attempts.length).toBe(4000)
    // All of it would be 250 MB.
    expect((most - idle) / 2 ** 20).toBeLessThan(150)
  })
})

const REQUEST: OutgoingRequest = { method: 'POST', headers: ['Accept', '*/*'], body: new Uint8Array(2) }

function sent(transport: UndiciTransport): Promise<Outcome> {
  return new Promise((resolve) => transport.send(REQUEST, resolve))
}

/** A server that reads nothing by itself. */
async function rawServer(act: (socket: Socket) => void) {
  let connections = 0
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('end', () => socket.end())
    socket.on('close', () => sockets.delete(socket))
    act(socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' ? address!.port : 0,
    connections: () => connections,
    open: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
