import { Client, type Dispatcher } from 'undici'
import { classOfStatus, type Outcome, type OutcomeClass } from '../model/outcome.ts'
import type { Attempt, ConnectionStats, OutgoingRequest, Transport } from '../model/world.ts'
import { Connector, type ConnectorOptions } from './connector.ts'
import { classOfError, textOfError } from './outcome-of-error.ts'
import { pathAt } from './path-at.ts'

/** So much of an answer's body is read; then the connection is closed. */
const BODY_MAX_BYTES = 64 * 1024
/** So much of it is kept for people to read, where the answer was no 2xx. */
const BODY_SHOWN_BYTES = 1024
/** An answer that is to be lost is waited for so long, so that the last bytes of its request are surely gone. */
const GONE_MS = 20
/** An answer with more headers than this is malformed. */
const HEADERS_MAX_BYTES = 64 * 1024

export interface UndiciTransportOptions extends ConnectorOptions {
  /** Kept open and used in turn. */
  readonly connections: number
  /** At most so many are open at once; more than `connections` only while all of those are busy. */
  readonly connectionsMax: number
}

/** A Client of its own, and what ends it in the middle of connecting: undici alone would leave that socket open. */
interface Connection {
  readonly client: Client
  readonly ending: AbortController
  /** Whether it stands. */
  open: boolean
  /** Takes it back when its request is over. */
  readonly giveBack: (reusable: boolean) => void
}

/**
 * HTTP/1.1 through undici: one Client for each connection, one request at a time on each, oldest idle connection first (so that none
 * idles into the server's keep-alive limit). Deadlines are the caller's; nothing is retried, redirected or decoded.
 */
export class UndiciTransport implements Transport {
  readonly #origin: string
  readonly #url: URL
  readonly #path: string
  readonly #options: UndiciTransportOptions
  readonly #connector: Connector
  readonly #idle: Connection[] = []
  #clients = 0
  #opened = 0
  #open = 0
  #max = 0
  #requests = 0
  #closedByPeer = 0

  constructor(url: string, options: UndiciTransportOptions) {
    this.#url = new URL(url)
    this.#origin = this.#url.origin
    this.#path = pathAt(this.#url)
    this.#options = options
    this.#connector = new Connector(options)
    for (let i = 0; i < options.connections; i++) this.#idle.push(this.#newConnection())
  }

  get stats(): ConnectionStats {
    return {
      opened: this.#opened,
      reused: Math.max(0, this.#requests - this.#opened),
      closedByPeer: this.#closedByPeer,
      max: this.#max,
      httpVersion: '1.1',
      tls: this.#connector.tls,
      tlsHandshakes: this.#connector.handshakes,
      tlsResumed: this.#connector.resumed,
    }
  }

  send(request: OutgoingRequest, done: (outcome: Outcome) => void): Attempt {
    const connection = this.#idle.shift() ?? this.#newConnection()
    const connecting = connection.open ? 'no' : this.#origin.startsWith('https:') ? 'tls' : 'tcp'
    const { method, headers, body, loseAnswer = false } = request
    const path = request.path === undefined ? this.#path : pathAt(this.#url, request.path)
    const exchange = new Exchange(connecting, done, connection.giveBack, loseAnswer)
    const options = { path, method, headers: headers as string[], body, blocking: false, reset: false }
    this.#requests++
    connection.client.dispatch(options, exchange)
    return exchange
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map(destroyed))
  }

  #give(connection: Connection, reusable: boolean): void {
    const { connections } = this.#options
    if (reusable && this.#idle.length < connections) {
      this.#idle.push(connection)
      return
    }
    this.#clients--
    destroyed(connection).catch(() => {})
    if (this.#clients < connections) this.#idle.push(this.#newConnection())
  }

  #newConnection(): Connection {
    const ending = new AbortController()
    const client = new Client(this.#origin, {
      pipelining: 1,
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: 0,
      maxHeaderSize: HEADERS_MAX_BYTES,
      connect: (place, done) => this.#connector.open(place, ending.signal, done),
    })
    const connection: Connection = {
      client,
      ending,
      open: false,
      giveBack: (reusable) => this.#give(connection, reusable),
    }
    this.#clients++
    client.on('connect', () => {
      connection.open = true
      this.#opened++
      this.#max = Math.max(this.#max, ++this.#open)
    })
    client.on('disconnect', (_origin, _targets, error) => {
      connection.open = false
      this.#open--
      if ('code' in error && (error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET')) this.#closedByPeer++
    })
    return connection
  }
}

/** Ends a connection at once, also one that is not yet made. */
function destroyed({ client, ending }: Connection): Promise<void> {
  const gone = client.destroy()
  ending.abort()
  return gone
}

/** What an attempt had to do before its request could leave. */
type Connecting = 'no' | 'tcp' | 'tls'

/** One request on one connection, until its outcome is known. */
class Exchange implements Attempt, Dispatcher.DispatchHandler {
  readonly #connecting: Connecting
  readonly #done: (outcome: Outcome) => void
  readonly #giveBack: (reusable: boolean) => void
  readonly #sentAtMs: number
  readonly #loseAnswer: boolean
  #controller: Dispatcher.DispatchController | undefined
  #connectMs = -1
  #status = 0
  #retryAfter = ''
  #rateLimitReset = ''
  #location = ''
  #body = ''
  #bodyBytes = 0
  #over = false

  constructor(
    connecting: Connecting,
    done: (outcome: Outcome) => void,
    giveBack: (reusable: boolean) => void,
    loseAnswer: boolean,
  ) {
    this.#loseAnswer = loseAnswer
    this.#connecting = connecting
    this.#sentAtMs = connecting === 'no' ? 0 : performance.now()
    this.#done = done
    this.#giveBack = giveBack
  }

  /** The connection stands and the request's first bytes are about to leave. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#connecting !== 'no') this.#connectMs = performance.now() - this.#sentAtMs
  }

  onRequestSent(): void {
    if (this.#loseAnswer) setTimeout(() => this.#lose(), GONE_MS)
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[]>): void {
    if (this.#loseAnswer) this.#lose()
    if (status < 200 || this.#over) return
    this.#status = status
    this.#retryAfter = first(headers['retry-after'])
    this.#rateLimitReset = first(headers['x-ratelimit-reset'])
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
    this.#controller?.abort(new Error('the deadline has passed'))
    this.#giveBack(this.#controller !== undefined)
    return outcome
  }

  /** Hangs up, as if the network had: on the answer's first bytes, or before there are any. */
  #lose(): void {
    if (this.#over) return
    const outcome = { ...this.abort(), class: 'local' as const, answerLost: true as const }
    setImmediate(() => this.#done(outcome))
  }

  #finish(outcome: Outcome, reusable: boolean): void {
    if (this.#over) return
    this.#over = true
    this.#giveBack(reusable)
    this.#done(outcome)
  }

  #outcome(trouble: string): Outcome {
    return {
      class: classOfStatus(this.#status),
      status: this.#status,
      ambiguous: false,
      connectMs: this.#connectMs,
      retryAfter: this.#retryAfter,
      ...(this.#rateLimitReset !== '' && { rateLimitReset: this.#rateLimitReset }),
      detail: this.#detail(trouble),
    }
  }

  /** What people may want to read of an answer; nothing, of a bare one. */
  #detail(trouble: string): string {
    if (trouble === '' && this.#location === '') return this.#body
    const location = this.#location === '' ? '' : `Location: ${this.#location}`
    return [trouble, location, this.#body].filter((part) => part !== '').join('\n')
  }

  #failure(error: unknown): Outcome {
    return {
      class: error === undefined ? 'timeout' : this.#classOf(error),
      status: 0,
      ambiguous: this.#controller !== undefined,
      connectMs: this.#connectMs,
      retryAfter: '',
      detail: error === undefined ? '' : textOfError(error),
    }
  }

  /** A connection that breaks in the handshake is trouble with TLS. */
  #classOf(error: unknown): OutcomeClass {
    const kind = classOfError(error)
    return kind === 'reset' && this.#connecting === 'tls' && this.#controller === undefined ? 'tls' : kind
  }
}

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? ''
}
