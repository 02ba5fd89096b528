import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { UndiciTransport } from '../../src/adapters/undici-transport.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import type { OutgoingRequest } from '../../src/model/world.ts'
import { squall } from '../support/run-program.ts'
import { type TcpServer, tcpServer } from '../support/tcp-server.ts'

const KEY = 'wr1te-k3y-of-a-source'
const BASIC = Buffer.from(`${KEY}:`).toString('base64')

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((thing) => thing.close()))
})

async function server(act: (socket: Socket) => void): Promise<TcpServer> {
  const started = await tcpServer(act)
  open.push(started)
  return started
}

function sent(url: string, request: Partial<OutgoingRequest>): Promise<Outcome> {
  const transport = new UndiciTransport(url, { connections: 1, connectionsMax: 1 })
  open.push(transport)
  return new Promise((done) =>
    transport.send({ method: 'POST', headers: [], body: new Uint8Array(0), ...request }, done),
  )
}

const answering = (head: string) => (socket: Socket) => void socket.end(`HTTP/1.1 ${head}\r\nContent-Length: 0\r\n\r\n`)

describe('a request that has a path of its own', () => {
  it.each([
    ['', 'POST /v1/t HTTP/1.1'],
    ['proxy', 'POST /proxy/v1/t HTTP/1.1'],
    ['proxy/?x=1', 'POST /proxy/v1/t?x=1 HTTP/1.1'],
  ])('goes below the target’s: %s', async (below, line) => {
    const { url, received } = await server(answering('200 OK'))
    await sent(new URL(`/${below}`, url).href, { path: '/v1/t' })
    expect(received[0]!.split('\r\n')[0]).toBe(line)
  })
})

describe('an answer that tells when its rate is reset', () => {
  it('is heard beside Retry-After', async () => {
    const { url } = await server(answering('429 Slow down\r\nRetry-After: 3\r\nX-RateLimit-Reset: 9'))
    expect(await sent(url, {})).toMatchObject({ status: 429, retryAfter: '3', rateLimitReset: '9' })
    const { url: plain } = await server(answering('200 OK'))
    expect(await sent(plain, {})).not.toHaveProperty('rateLimitReset')
  })
})

describe('squall send with the stream profile', () => {
  const send = async (args: string[]) => {
    const { url, received } = await server((socket) =>
      socket.end(`HTTP/1.1 200 ${KEY}\r\nX-Was: ${BASIC}\r\nContent-Length: ${KEY.length}\r\n\r\n${KEY}`),
    )
    const ended = await squall(['send', '--profile', 'stream', '--target', url, '--write-key', 'env:K', ...args], {
      K: KEY,
    })
    return { ...ended, request: received.join('') }
  }

  it.each([
    ['head', ['--type', 'identify'], '/hook/v1/identify', BASIC],
    ['body', ['--auth', 'body', '--batch', '5', '--json'], '/hook/v1/batch', `"writeKey":"${KEY}"`],
  ])('shows its request, with the key in the %s, and the key to nobody', async (_, args, path, shown) => {
    const { code, stdout, stderr, request } = await send(args)
    expect(code).toBe(0)
    expect(request).toContain(`POST ${path}`)
    expect(request).toContain(shown)
    expect(stdout).toContain(path)
    expect(stdout).toContain('[secret]')
    expect(stdout + stderr).not.toContain(KEY)
    expect(stdout + stderr).not.toContain(BASIC)
  })

  it('without a key for a target of its own is wrong use', async () => {
    const { code, stderr } = await squall(['send', '--profile', 'stream', '--region', 'eu'])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--write-key: the stream profile shows one/)])
  })
})
