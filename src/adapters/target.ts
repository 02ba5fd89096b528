import { lookup as lookupCallback } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { BlockList, connect as connectTcp, isIP, type LookupFunction } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** The target must not be hit: nothing was sent to it. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused'
}

/** The target cannot be reached: no request was sent. */
export class TargetUnreachable extends Error {
  override readonly name = 'TargetUnreachable'
}

/** What is wrong with the address itself. */
export class TargetInvalid extends Error {
  override readonly name = 'TargetInvalid'
}

const PREFLIGHT_MS = 5000

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** Reads a target's URL. @throws TargetInvalid */
export function targetUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TargetInvalid(`--target: "${text}" is not an http or https URL; write it as http://127.0.0.1:8080/path`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new TargetInvalid('--target: a URL must not carry credentials; give the key with --api-key env:NAME')
  }
  return url
}

/**
 * Lets a run through to this machine only. A name counts by every address that it resolves to.
 * @throws TargetRefused
 */
export async function guardTarget(url: URL): Promise<void> {
  const host = hostOf(url)
  const addresses = isIP(host)
    ? [host]
    : (await lookup(host, { all: true }).catch(() => [])).map(({ address }) => address)
  if (addresses.length > 0 && addresses.every(isLoopback)) return
  throw new TargetRefused(
    `${host} is not this machine, and nothing shows that it is yours: squall sends load to loopback addresses only; run it beside the endpoint, or reach it through a tunnel on 127.0.0.1`,
  )
}

/** Resolves a name at each connection and hands out loopback addresses alone. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookupCallback(hostname, { ...options, all: true }, (error, addresses) => {
    const allowed = error ? [] : addresses.filter(({ address }) => isLoopback(address))
    const chosen = allowed[0]
    if (error || chosen === undefined)
      callback(error ?? new Error(`${hostname} is not a loopback address any more`), '', 4)
    else if (options.all) callback(null, allowed)
    else callback(null, chosen.address, chosen.family)
  })
}

/** DNS, TCP and TLS, and no request. @throws TargetUnreachable */
export async function preflight(url: URL): Promise<void> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const host = hostOf(url)
  const socket =
    url.protocol === 'https:' ? connectTls({ host, port, servername: isIP(host) ? '' : host }) : connectTcp(port, host)
  socket.setTimeout(PREFLIGHT_MS, () => socket.destroy(new Error(`no connection within ${PREFLIGHT_MS / 1000} s`)))
  try {
    await once(socket, url.protocol === 'https:' ? 'secureConnect' : 'connect')
  } catch (error) {
    const why =
      error instanceof Error ? error.message || ('code' in error ? String(error.code) : error.name) : String(error)
    throw new TargetUnreachable(`cannot reach ${url.origin}: ${why}; is the endpoint running?`)
  } finally {
    socket.destroy()
  }
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function isLoopback(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
  return LOOPBACK.check(mapped, isIP(mapped) === 6 ? 'ipv6' : 'ipv4')
}
