import type { LookupFunction, Socket } from 'node:net'
import {
  checkServerIdentity,
  connect as connectTls,
  createSecureContext,
  type SecureContext,
  type TLSSocket,
} from 'node:tls'
import type { buildConnector } from 'undici'
import { LeanSocket } from './lean-socket.ts'
import type { TlsMaterial } from './tls-material.ts'

export interface ConnectorOptions {
  /** Resolves names, and refuses addresses that must not be reached. */
  readonly lookup?: LookupFunction
  readonly tls?: TlsMaterial
  /** A relay on this machine that leads to the target. Certificates are the target's all the same. */
  readonly relayPort?: number | undefined
}

/**
 * Opens the connections of one transport. The TLS session of the newest connection is offered by the next one, as browsers do it; a
 * server that wants none makes a full handshake of it.
 */
export class Connector {
  readonly #lookup: { readonly lookup?: LookupFunction }
  readonly #relayPort: number | undefined
  readonly #material: TlsMaterial
  readonly #versions = new Set<string>()
  #trust: SecureContext | undefined
  #session: Buffer | undefined
  #handshakes = 0
  #resumed = 0

  constructor({ lookup, tls = {}, relayPort }: ConnectorOptions) {
    this.#relayPort = relayPort
    this.#lookup = lookup === undefined ? {} : { lookup }
    this.#material = tls
  }

  /** TLS versions met; null: none. */
  get tls(): string | null {
    return this.#versions.size === 0 ? null : [...this.#versions].sort().join(', ')
  }

  /** TLS handshakes that came to a good end. */
  get handshakes(): number {
    return this.#handshakes
  }

  /** Those of them that resumed a session. */
  get resumed(): number {
    return this.#resumed
  }

  /**
   * Opens a connection: `done` is called once it stands, TLS included, or with the reason why it does not.
   * @param ending gives it up when aborted, also in the middle of connecting
   */
  open(place: buildConnector.Options, ending: AbortSignal, done: buildConnector.Callback): void {
    const secure = place.protocol === 'https:'
    const socket = secure ? this.#openTls(place) : this.#openTcp(place)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, KEEP_ALIVE_MS)
    const failed = (error: Error): void => done(error, null)
    socket.once('error', failed)
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      socket.off('error', failed)
      done(null, socket)
    })
    const end = (): void => void socket.destroy()
    ending.addEventListener('abort', end)
    socket.once('close', () => ending.removeEventListener('abort', end))
  }

  #openTcp({ hostname, port }: buildConnector.Options): Socket {
    return new LeanSocket().connect({ ...this.#lookup, ...this.#place(hostname, Number(port || 80)) })
  }

  #place(host: string, port: number): { readonly host: string; readonly port: number } {
    return this.#relayPort === undefined ? { host, port } : { host: '127.0.0.1', port: this.#relayPort }
  }

  #openTls({ hostname, port, servername }: buildConnector.Options): TLSSocket {
    this.#trust ??= createSecureContext(this.#material)
    const socket = connectTls({
      ...this.#lookup,
      ...this.#place(hostname, Number(port || 443)),
      servername: servername ?? '',
      ALPNProtocols: ['http/1.1'],
      secureContext: this.#trust,
      // Said outright: no environment variable may turn it off.
      rejectUnauthorized: true,
      ...(this.#relayPort !== undefined && { checkServerIdentity: (_, shown) => checkServerIdentity(hostname, shown) }),
      ...(this.#session !== undefined && { session: this.#session }),
    })
    socket.on('session', (session) => {
      this.#session = session
    })
    socket.once('secureConnect', () => this.#count(socket))
    return socket
  }

  #count(socket: TLSSocket): void {
    this.#handshakes++
    if (socket.isSessionReused()) this.#resumed++
    this.#versions.add(socket.getProtocol() ?? 'unknown')
  }
}

const KEEP_ALIVE_MS = 60_000
