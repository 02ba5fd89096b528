import { connect, type LookupFunction, type Socket } from 'node:net'
import type { Options, Sql } from 'postgres'
import type { TlsMaterial } from '../tls-material.ts'
import type { DatabaseUrl } from './database-url.ts'

const CONNECT_S = 10

export interface DatabaseAccess {
  /** Whether a host that is not this machine may be connected to. */
  readonly allowHost?: ((host: string) => boolean) | undefined
  /** Where the URL holds none; before `$PGPASSWORD`. */
  readonly password?: string | undefined
  readonly tls?: TlsMaterial | undefined
  /** Called when a connection has gone. */
  readonly onClose?: (() => void) | undefined
}

/**
 * A session of PostgreSQL, one connection that is made when it is first asked. Times come as ISO text in UTC, numbers as the nearest number, bytes as
 * text; JSON as text under the name `body`, elsewhere as its value.
 * @throws Error when the host may not be connected to
 */
export async function openDatabase(url: DatabaseUrl, access: DatabaseAccess = {}): Promise<Sql> {
  const { host, port, user, database, password, settings } = url
  const lookup = isFolder(host) ? undefined : await lookupOf(url, access)
  const { default: postgres } = await import('postgres')
  const secret = password ?? access.password
  return postgres({
    host,
    port,
    ...(user !== undefined && { user }),
    ...(database !== undefined && { database }),
    ...(secret !== undefined && { password: secret }),
    ssl: sslOf(url, access),
    socket: () => connected(host, port, lookup),
    max: 1,
    max_lifetime: null,
    connect_timeout: CONNECT_S,
    connection: { application_name: 'squall', DateStyle: 'ISO', TimeZone: 'UTC', ...settings },
    onnotice: () => undefined,
    onclose: () => access.onClose?.(),
    types: TYPES,
    transform: { value: { from: readable } },
  } as SessionOptions)
}

/** The package's types know neither `socket` nor that a lifetime may have no end. */
type SessionOptions = Options<Record<never, never>>

function isFolder(host: string): boolean {
  return host.startsWith('/')
}

async function lookupOf({ host, port }: DatabaseUrl, { allowHost }: DatabaseAccess): Promise<LookupFunction> {
  const { isThisMachine, lookupFor, loopbackLookup } = await import('../safety/passage.ts')
  const url = new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}/`)
  if (allowHost?.(host)) return lookupFor(url)
  if (await isThisMachine(url).catch(() => false)) return loopbackLookup
  throw new Error(`${host} is not this machine: come to it through a tunnel on 127.0.0.1`)
}

function sslOf({ sslMode }: DatabaseUrl, { tls }: DatabaseAccess): unknown {
  if (sslMode === 'disable') return false
  const known = tls !== undefined && Object.keys(tls).length > 0
  return sslMode === 'verify-full' && known ? { ...tls, rejectUnauthorized: true } : sslMode
}

function connected(host: string, port: number, lookup: LookupFunction | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = lookup
      ? connect({ host, port, lookup, autoSelectFamily: true })
      : connect({ path: `${host}/.s.PGSQL.${port}` })
    const timer = setTimeout(() => socket.destroy(new Error(`no connection within ${CONNECT_S} s`)), CONNECT_S * 1000)
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(Object.assign(socket, { host, port }))
    })
    socket.once('close', () => clearTimeout(timer))
    socket.once('connect', () => clearTimeout(timer))
  })
}

const asText = (text: string): string => text

/** By PostgreSQL's numbers of types: int8 · numeric · date, timestamp, timestamptz · json, jsonb. */
const TYPES = {
  bigint: { to: 20, from: [20], serialize: String, parse: Number },
  numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
  date: { to: 1184, from: [1082, 1114, 1184], serialize: String, parse: asText },
  json: { to: 114, from: [114, 3802], serialize: String, parse: asText },
}

function readable(value: unknown, { name, type }: { readonly name: string; readonly type: number }): unknown {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  const isJson = TYPES.json.from.includes(type)
  return isJson && name !== 'body' && typeof value === 'string' ? JSON.parse(value) : value
}
