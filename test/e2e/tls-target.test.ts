import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { preflight } from '../../src/adapters/preflight.ts'
import type { TlsMaterial } from '../../src/adapters/tls-material.ts'
import { UndiciTransport } from '../../src/adapters/undici-transport.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import { authority, type Certificate, clientCertificate, serverCertificate } from '../support/certificates.ts'
import { type HttpsServer, httpsServer } from '../support/https-server.ts'
import { tcpServer } from '../support/tcp-server.ts'

const request = {
  method: 'POST',
  headers: ['content-type', 'application/json'],
  body: new Uint8Array([123, 125]),
} as const

let ca: Certificate
let server: Certificate
let client: Certificate
beforeAll(async () => {
  ca = await authority()
  ;[server, client] = await Promise.all([serverCertificate({ by: ca }), clientCertificate(ca)])
})

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close()
})

async function serving(options: ServerOptions): Promise<HttpsServer> {
  const running = await httpsServer(options)
  open.unshift(running)
  return running
}

function transportTo(url: string, tls: TlsMaterial, connections = 1): UndiciTransport {
  const transport = new UndiciTransport(url, { connections, connectionsMax: 8, tls })
  open.unshift(transport)
  return transport
}

function send(transport: UndiciTransport): Promise<Outcome> {
  return new Promise((resolve) => transport.send(request, resolve))
}

describe('the transport over TLS', () => {
  it('delivers to a server whose authority it trusts, and says how', async () => {
    const { url } = await serving(server)
    const transport = transportTo(url, { ca: ca.cert })
    expect(await send(transport)).toMatchObject({ class: '2xx', status: 200, connectMs: expect.any(Number) })
    await send(transport)
    expect(transport.stats).toMatchObject({ httpVersion: '1.1', tls: 'TLSv1.3', opened: 1, reused: 1 })
    expect(transport.stats).toMatchObject({ tlsHandshakes: 1, tlsResumed: 0 })
  })

  it('counts the handshake as connecting', async () => {
    const { url } = await serving(server)
    const transport = transportTo(url, { ca: ca.cert })
    expect((await send(transport)).connectMs).toBeGreaterThan(0)
    expect((await send(transport)).connectMs).toBe(-1)
  })

  it('resumes the session of an earlier connection, where the server hands one out', async () => {
    const { url } = await serving({ ...server, keepAliveTimeout: 1 })
    const transport = transportTo(url, { ca: ca.cert }, 2)
    await Promise.all([send(transport), send(transport)])
    await Promise.all([send(transport), send(transport), send(transport)])
    const { opened, tlsHandshakes, tlsResumed } = transport.stats
    expect(tlsHandshakes).toBe(opened)
    expect(tlsResumed).toBeGreaterThan(0)
  })

  it('never sends a byte of a request to a server whose certificate it cannot trust', async () => {
    const running = await serving(server)
    expect(await send(transportTo(running.url, {}))).toMatchObject({ class: 'tls', status: 0, ambiguous: false })
    expect(running.requests()).toBe(0)
  })

  it('shows its certificate to a server that asks for one', async () => {
    const running = await serving({ ...server, requestCert: true, rejectUnauthorized: true, ca: ca.cert })
    expect(await send(transportTo(running.url, { ca: ca.cert, ...client }))).toMatchObject({ class: '2xx' })
    expect(await send(transportTo(running.url, { ca: ca.cert }))).toMatchObject({ status: 0 })
    expect(running.requests()).toBe(1)
  })

  it('says that TLS failed where plain HTTP answers', async () => {
    const plain = await tcpServer(() => {})
    open.unshift(plain)
    const sending = send(transportTo(plain.url.replace('http:', 'https:'), {}))
    await expect.poll(() => plain.received.length).toBe(1)
    await plain.close()
    open.splice(open.indexOf(plain), 1)
    expect(await sending).toMatchObject({ class: 'tls', ambiguous: false })
  })
})

describe('preflight over TLS', () => {
  const complaint = async (options: ServerOptions, tls: TlsMaterial): Promise<string> => {
    const { url } = await serving(options)
    const error: unknown = await preflight(new URL(url), { tls }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'TargetUnreachable' })
    return (error as Error).message
  }

  it('is content with a server that it trusts, in any version that is safe', async () => {
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const { url } = await serving({ ...server, maxVersion })
      await preflight(new URL(url), { tls: { ca: ca.cert } })
    }
  })

  it('is content with a server that asks for a certificate and gets it', async () => {
    const { url } = await serving({ ...server, requestCert: true, rejectUnauthorized: true, ca: ca.cert })
    await preflight(new URL(url), { tls: { ca: ca.cert, ...client } })
  })

  it('tells a self-signed certificate', async () => {
    expect(await complaint(await serverCertificate(), {})).toMatch(
      /self-signed, and Segment accepts none such.*--ca FILE/,
    )
  })

  it('tells an authority that nobody knows', async () => {
    expect(await complaint(server, {})).toMatch(/nothing leads from its certificate to a known authority/)
    expect(await complaint({ ...server, cert: `${server.cert}\n${ca.cert}` }, {})).toMatch(
      /authority that is not publicly known/,
    )
  })

  it('tells an expired certificate', async () => {
    expect(await complaint(await serverCertificate({ by: ca, expired: true }), { ca: ca.cert })).toMatch(/has expired/)
  })

  it('tells a certificate that is none for servers, and the transport takes it for trouble with TLS', async () => {
    expect(await complaint(client, { ca: ca.cert })).toMatch(/not fit for a server/)
    const { url } = await serving(client)
    expect(await send(transportTo(url, { ca: ca.cert }))).toMatchObject({ class: 'tls', ambiguous: false })
  })

  it('tells a certificate for another name, and for which', async () => {
    const elsewhere = await serverCertificate({ by: ca, ip: '127.0.0.9' })
    expect(await complaint(elsewhere, { ca: ca.cert })).toMatch(/for another name \(it holds IP Address:127\.0\.0\.9\)/)
  })

  it('tells a server that asks for a client certificate, and one that does not take ours', async () => {
    const asking = { ...server, requestCert: true, rejectUnauthorized: true, ca: ca.cert }
    const other = await clientCertificate(await authority())
    expect(await complaint(asking, { ca: ca.cert })).toMatch(/asks for a client certificate; give one with --cert FILE/)
    expect(await complaint(asking, { ca: ca.cert, ...other })).toMatch(/client certificate/)
  })

  it('tells a version that is too old', async () => {
    const old = { ...server, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const
    expect(await complaint(old, { ca: ca.cert })).toMatch(/does not speak TLS 1\.2 or 1\.3/)
  })

  it('tells plain HTTP', async () => {
    const plain = createServer()
    await once(plain.listen(0, '127.0.0.1'), 'listening')
    const { port } = plain.address() as AddressInfo
    const looking = preflight(new URL(`https://127.0.0.1:${port}/`))
    await expect(looking).rejects.toThrow(/does not speak TLS; if it is plain HTTP, write http:/)
    plain.close()
  })
})
