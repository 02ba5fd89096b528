import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type LookupFunction, type Server, type Socket } from 'node:net'
import type { Disturbance } from '../model/disturbance.ts'

/** Where the connections of a relay lead. */
export interface RelayTarget {
  readonly host: string
  readonly port: number
  /** Handshakes go through whole; only then are there answers. */
  readonly secure: boolean
  /** Resolves the name at each connection, and refuses addresses that must not be reached. */
  readonly lookup: LookupFunction
}

/** A door on this machine that leads to the target, and does on the way what it was told. */
export interface Relay {
  readonly port: number
  /** The run's start is so far off: moments count from then. */
  begin(inMs: number): void
  close(): Promise<void>
}

/** A TLS handshake takes the server two answers at most. */
const HANDSHAKE_ANSWERS = 2

/** Listens on loopback alone. What it carries it neither reads nor changes. */
export async function startRelay(target: RelayTarget, disturbance: Disturbance): Promise<Relay> {
  const door = new Door(target, disturbance)
  await door.listen(0)
  return {
    port: door.port,
    begin: (inMs) => door.begin(inMs),
    close: () => door.close(),
  }
}

class Door {
  port = 0
  readonly #target: RelayTarget
  readonly #disturbance: Disturbance
  readonly #passages = new Set<Passage>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #server: Server | undefined
  #disturbed = false
  #answers = 0

  constructor(target: RelayTarget, disturbance: Disturbance) {
    this.#target = target
    this.#disturbance = disturbance
  }

  async listen(port: number): Promise<void> {
    const server = createServer({ pauseOnConnect: true }, (client) => this.#admit(client))
    this.#server = server
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    this.port = (server.address() as AddressInfo).port
  }

  begin(inMs: number): void {
    const { fromMs, toMs } = this.#disturbance
    this.#at(inMs + fromMs, () => this.#disturb())
    this.#at(inMs + toMs, () => this.#relent())
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#server?.close()
    for (const passage of this.#passages) passage.end()
  }

  #at(ms: number, act: () => void): void {
    this.#timers.add(setTimeout(act, Math.max(0, ms)))
  }

  #disturb(): void {
    const { kind } = this.#disturbance
    this.#disturbed = true
    if (kind === 'refuse') this.#server?.close()
    if (kind === 'refuse' || kind === 'reset') for (const passage of this.#passages) passage.reset()
    if (kind === 'hang') for (const passage of this.#passages) passage.hold()
  }

  #relent(): void {
    const { kind } = this.#disturbance
    this.#disturbed = false
    // Who holds the port by now answers for it: the run sees refused connections to its end.
    if (kind === 'refuse') this.listen(this.port).catch(() => undefined)
    if (kind === 'hang') for (const passage of this.#passages) passage.reset()
  }

  #admit(client: Socket): void {
    const { kind } = this.#disturbance
    if (this.#disturbed && kind === 'reset') {
      client.on('error', () => undefined)
      client.resetAndDestroy()
      return
    }
    const passage = new Passage(client, this.#target, () => this.#fateOfAnswer())
    this.#passages.add(passage)
    client.once('close', () => this.#passages.delete(passage))
    if (this.#disturbed && kind === 'hang') passage.hold()
  }

  #fateOfAnswer(): Fate {
    const { kind, oneIn, holdMs } = this.#disturbance
    if (!this.#disturbed || (kind !== 'lose-answers' && kind !== 'hold-answers')) return 'pass'
    if (++this.#answers % oneIn !== 0) return 'pass'
    return kind === 'lose-answers' ? 'lose' : { holdMs }
  }
}

/** What becomes of an answer. */
type Fate = 'pass' | 'lose' | { readonly holdMs: number }

/** One connection, from the client through to the target. */
class Passage {
  readonly #client: Socket
  readonly #target: Socket
  readonly #fateOf: () => Fate
  #spared: number
  /** Undefined: the request is still coming, and nothing of its answer was seen. */
  #fate: Fate | undefined = 'pass'

  constructor(client: Socket, { host, port, secure, lookup }: RelayTarget, fateOf: () => Fate) {
    this.#client = client
    this.#target = connect({ host, port, lookup })
    this.#fateOf = fateOf
    this.#spared = secure ? HANDSHAKE_ANSWERS : 0
    for (const socket of [client, this.#target]) {
      socket.setNoDelay(true)
      socket.on('error', () => this.reset())
    }
    client.on('data', (chunk) => this.#forward(chunk))
    this.#target.on('data', (chunk) => this.#answer(chunk))
    client.once('end', () => this.#target.end())
    this.#target.once('end', () => client.end())
    client.once('close', () => this.#target.destroy())
    client.resume()
  }

  /** No byte passes any more. */
  hold(): void {
    this.#client.pause()
    this.#target.pause()
  }

  reset(): void {
    this.#client.resetAndDestroy()
    this.#target.destroy()
  }

  end(): void {
    this.#client.destroy()
    this.#target.destroy()
  }

  #forward(chunk: Buffer): void {
    this.#fate = undefined
    this.#target.write(chunk)
  }

  #answer(chunk: Buffer): void {
    this.#fate ??= this.#spared-- > 0 ? 'pass' : this.#fateOf()
    if (this.#fate === 'lose') this.reset()
    else if (this.#fate === 'pass') this.#client.write(chunk)
    else setTimeout(() => this.#client.write(chunk), this.#fate.holdMs).unref()
  }
}
