import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type Relay, startRelay } from '../../src/adapters/relay.ts'
import { loopbackLookup } from '../../src/adapters/safety/passage.ts'
import type { Disturbance } from '../../src/model/disturbance.ts'
import { type TcpServer, tcpServer } from '../support/tcp-server.ts'

const open: { close(): Promise<void> | void }[] = []

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'
const REQUEST = 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n'

describe('a relay', () => {
  test('carries what comes, both ways, while nothing disturbs it', async () => {
    const { server, relay } = await started({ kind: 'refuse', fromMs: 3_600_000 })
    expect(await exchanged(relay.port)).toBe(ANSWER)
    expect(server.received).toEqual([REQUEST])
  })

  test('lets nobody in during an outage, and listens on the same port afterwards', async () => {
    const { relay } = await started({ kind: 'refuse', toMs: 100 })
    const standing = await connected(relay.port)
    relay.begin(0)
    await new Promise((resolve) => standing.once('close', resolve))
    await expect(exchanged(relay.port)).rejects.toThrow(/ECONNREFUSED/)
    await expect.poll(() => exchanged(relay.port).catch(() => '')).toBe(ANSWER)
  })

  test('loses the answer to a request that the target has', async () => {
    const { server, relay } = await started({ kind: 'lose-answers' })
    relay.begin(0)
    await expect.poll(() => exchanged(relay.port).catch((error: Error) => error.message)).toMatch(/ECONNRESET/)
    expect(server.received.at(-1)).toBe(REQUEST)
  })

  test('loses one answer of so many', async () => {
    const { server, relay } = await started({ kind: 'lose-answers', oneIn: 3 })
    relay.begin(-1)
    await new Promise((resolve) => setImmediate(resolve))
    await expect.poll(() => exchanged(relay.port).catch(() => 'lost')).toBe('lost')
    const before = server.requests()
    const next = [
      await exchanged(relay.port),
      await exchanged(relay.port),
      await exchanged(relay.port).catch(() => 'lost'),
    ]
    expect(next).toEqual([ANSWER, ANSWER, 'lost'])
    expect(server.requests()).toBe(before + 3)
  })

  test('brings an answer late', async () => {
    const { relay } = await started({ kind: 'hold-answers', holdMs: 150 })
    relay.begin(0)
    const exchangeMs = async (): Promise<number> => {
      const sentMs = performance.now()
      await exchanged(relay.port)
      return performance.now() - sentMs
    }
    // Timers may be a millisecond early.
    await expect.poll(exchangeMs).toBeGreaterThan(148)
  })

  test('lets no byte pass while it hangs, and ends it with a reset', async () => {
    const { server, relay } = await started({ kind: 'hang', toMs: 120 })
    relay.begin(0)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await expect(exchanged(relay.port)).rejects.toThrow(/ECONNRESET/)
    expect(server.requests()).toBe(0)
  })
})

async function started(differences: Partial<Disturbance>): Promise<{ server: TcpServer; relay: Relay }> {
  const server = await tcpServer((socket) => socket.write(ANSWER))
  const disturbance = { kind: 'refuse', fromMs: 0, toMs: 3_600_000, oneIn: 1, holdMs: 0, ...differences } as const
  const target = { host: '127.0.0.1', port: server.port, secure: false, lookup: loopbackLookup }
  const relay = await startRelay(target, disturbance)
  open.push(server, relay)
  return { server, relay }
}

async function connected(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** What comes back for one request on a connection of its own. */
async function exchanged(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port })
  socket.write(REQUEST)
  try {
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    return chunk.toString('latin1')
  } finally {
    socket.destroy()
  }
}
