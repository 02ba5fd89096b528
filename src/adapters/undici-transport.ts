import type { LookupFunction } from 'node:net'
import { Client, type Dispatcher } from 'undici'
import { classOfStatus, type Outcome } from '../model/outcome.ts'
import type { Attempt, ConnectionStats, OutgoingRequest, Transport } from '../model/world.ts'
import { classOfError, textOfError } from './outcome-of-error.ts'

/** So much of an answer's body is read; then the connection is closed. */
const BODY_MAX_BYTES = 64 * 1024
/** So much of it is kept for people to read, where the answer was no 2xx. */
const BODY_SHOWN_BYTES = 1024

export interface UndiciTransportOptions {
  /** Kept open and used in turn. */
  readonly connections: number
  /** At most so many are open at once; more than `connections` only while all of those are busy. */
  readonly connectionsMax: number
  /** Resolves names, and refuses addresses that must not be reached. */
  readonly lookup?: LookupFunction
}

/**
 * HTTP/1.1 through undici: one Client for each connection, one request at a time on each, oldest idle connection first (so that none
 * idles into the server's keep-alive limit). Deadlines are the caller's; nothing is retried, redirected or decoded.
 */
export class UndiciTransport implements Transport {
  readonly #origin: string
  readonly #path: string
  readonly #options: UndiciTransportOptions
  readonly #idle: Client[] = []
  #clients = 0
  #opened = 0
  #open = 0
  #max = 0
  #requests = 0
  #closedByPeer = 0

  constructor(url: string, options: UndiciTransportOptions) {
    const { origin, pathname, search } = new URL(url)
    this.#origin = origin
    this.#path = pathname + search
    this.#options = options
    for (let i = 0; i < options.connections; i++) this.#idle.push(this.#newClient())
  }

  get stats(): ConnectionStats {
    return {
      opened: this.#opened,
      reused: Math.max(0, this.#requests - this.#opened),
      closedByPeer: this.#closedByPeer,
      max: this.#max,
      httpVersion: '1.1',
      tls: null,
    }
  }

  send(request: OutgoingRequest, done: (outcome: Outcome) => void): Attempt {
    const client = this.#idle.shift() ?? this.#newClient()
    const exchange = new Exchange(client, done, (reusable) => this.#give(client, reusable))
    const { method, headers, body } = request
    const options = { path: this.#path, method, headers: headers as string[], body, blocking: false, reset: false }
    this.#requests++
    client.dispatch(options, exchange)
    return exchange
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((client) => client.destroy()))
  }

  #give(client: Client, reusable: boolean): void {
    const { connections } = this.#options
    if (reusable && this.#idle.length < connections) {
      this.#idle.push(client)
      return
    }
    this.#clients--
    client.destroy().catch(() => {})
    if (this.#clients < connections) this.#idle.push(this.#newClient())
  }

  #newClient(): Client {
    const { lookup } = this.#options
    const client = new Client(this.#origin, {
      pipelining: 1,
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: 0,
      ...(lookup === undefined ? {} : { connect: { lookup } }),
    })
    this.#clients++
    client.on('connect', () => {
      this.#opened++
      this.#max = Math.max(this.#max, ++this.#open)
    })
    client.on('disconnect', (_origin, _targets, error) => {
      this.#open--
      if ('code' in error && (error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET')) this.#closedByPeer++
    })
    return client
  }
}

/** One request on one connection, until its outcome is known. */
class Exchange implements Attempt, Dispatcher.DispatchHandler {
  readonly #client: Client
  readonly #done: (outcome: Outcome) => void
  readonly #giveBack: (reusable: boolean) => void
  readonly #sentAtMs = performance.now()
  readonly #connecting: boolean
  #controller: Dispatcher.DispatchController | undefined
  #connectMs = -1
  #status = 0
  #retryAfter = ''
  #location = ''
  #body = ''
  #bodyBytes = 0
  #over = false

  constructor(client: Client, done: (outcome: Outcome) => void, giveBack: (reusable: boolean) => void) {
    this.#client = client
    this.#done = done
    this.#giveBack = giveBack
    this.#connecting = !client.stats.connected
  }

  /** The connection stands and the request's first bytes are about to leave. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#connecting) this.#connectMs = performance.now() - this.#sentAtMs
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[]>): void {
    if (status < 200) return
    this.#status = status
    this.#retryAfter = first(headers['retry-after'])
    this.#location = first(headers.location)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#status >= 300 && this.#bodyBytes < BODY_SHOWN_BYTES) {
      this.#body += chunk.subarray(0, BODY_SHOWN_BYTES - this.#bodyBytes).toString('utf8')
    }
    this.#bodyBytes += chunk.length
    if (this.#bodyBytes > BODY_MAX_BYTES) controller.abort(new Error(`the body is longer than ${BODY_MAX_BYTES} bytes`))
  }

  onResponseEnd(): void {
    this.#finish(this.#outcome(''), true)
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#over) return
    const outcome =
      this.#status === 0 ? this.#failure(error) : this.#outcome(`the body broke off: ${textOfError(error)}`)
    // A new request must not enter undici while it is still cleaning up after this one.
    setImmediate(() => this.#finish(outcome, true))
  }

  abort(): Outcome {
    const outcome = { ...this.#failure(undefined), detail: '' }
    if (this.#over) return outcome
    this.#over = true
    const reason = new Error('the deadline has passed')
    if (this.#controller === undefined) this.#client.destroy(reason).catch(() => {})
    else this.#controller.abort(reason)
    this.#giveBack(this.#controller !== undefined)
    return outcome
  }

  #finish(outcome: Outcome, reusable: boolean): void {
    if (this.#over) return
    this.#over = true
    this.#giveBack(reusable)
    this.#done(outcome)
  }

  #outcome(trouble: string): Outcome {
    const location = this.#location === '' ? '' : `Location: ${this.#location}`
    return {
      class: classOfStatus(this.#status),
      status: this.#status,
      ambiguous: false,
      connectMs: this.#connectMs,
      retryAfter: this.#retryAfter,
      detail: [trouble, location, this.#body].filter((part) => part !== '').join('\n'),
    }
  }

  #failure(error: unknown): Outcome {
    return {
      class: error === undefined ? 'timeout' : classOfError(error),
      status: 0,
      ambiguous: this.#controller !== undefined,
      connectMs: this.#connectMs,
      retryAfter: '',
      detail: error === undefined ? '' : textOfError(error),
    }
  }
}

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? ''
}
