import { once } from 'node:events'
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls, TLSSocket } from 'node:tls'
import { hostOf, TargetUnreachable } from './target.ts'
import type { TlsMaterial } from './tls-material.ts'
import { tlsTrouble } from './tls-trouble.ts'

const PREFLIGHT_MS = 5000
/** A server that refuses a client certificate in TLS 1.3 says so after the client's part of the handshake is over. */
const AFTERTHOUGHT_MS = 500

export interface PreflightOptions {
  readonly lookup?: LookupFunction
  readonly tls?: TlsMaterial
}

/** DNS, TCP and TLS, and no request. @returns the address that answered @throws TargetUnreachable that says what is wrong over there */
export async function preflight(url: URL, options: PreflightOptions = {}): Promise<string> {
  const secure = url.protocol === 'https:'
  const socket = secure ? openTls(url, options) : openTcp(url, options)
  socket.setTimeout(PREFLIGHT_MS, () => socket.destroy(new Error(`no connection within ${PREFLIGHT_MS / 1000} s`)))
  try {
    await once(socket, secure ? 'secureConnect' : 'connect')
    const { remoteAddress = '' } = socket
    if (socket instanceof TLSSocket && socket.getProtocol() === 'TLSv1.3') await settled(socket)
    return remoteAddress
  } catch (error) {
    throw unreachable(url, error)
  } finally {
    socket.destroy()
  }
}

function openTcp(url: URL, { lookup }: PreflightOptions): Socket {
  return connectTcp({ host: hostOf(url), port: Number(url.port || 80), ...(lookup && { lookup }) })
}

function openTls(url: URL, { lookup, tls = {} }: PreflightOptions): Socket {
  const host = hostOf(url)
  return connectTls({
    host,
    port: Number(url.port || 443),
    servername: isIP(host) ? '' : host,
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true,
    ...tls,
    ...(lookup && { lookup }),
  })
}

/** The server's part of the handshake is over when it hands out a session; one that hands out none is given a moment to object. */
async function settled(socket: Socket): Promise<void> {
  const over = new AbortController()
  const { signal } = over
  const closed = once(socket, 'close', { signal }).then(() => {
    throw new Error('it closes the connection right after the TLS handshake; a client certificate may not suit it')
  })
  const quiet = once(AbortSignal.timeout(AFTERTHOUGHT_MS), 'abort', { signal })
  try {
    await Promise.race([once(socket, 'session', { signal }), closed, quiet])
  } finally {
    over.abort()
    await closed.catch(() => {})
    await quiet.catch(() => {})
  }
  // Not within the socket's own event: it must not be destroyed there.
  await new Promise(setImmediate)
}

function unreachable(url: URL, error: unknown): TargetUnreachable {
  const trouble = tlsTrouble(error)
  if (trouble !== undefined) return new TargetUnreachable(`no TLS connection to ${url.origin}: ${trouble}`)
  return new TargetUnreachable(`cannot reach ${url.origin}: ${reasonOf(error)}; is the endpoint running?`)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}
