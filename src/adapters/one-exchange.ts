import type { Socket } from 'node:net'
import { Client, type Dispatcher } from 'undici'
import { classOfStatus, type Outcome } from '../model/outcome.ts'
import type { OutgoingRequest } from '../model/world.ts'
import { Connector, type ConnectorOptions } from './connector.ts'
import { classOfError, textOfError } from './outcome-of-error.ts'
import { pathAt } from './path-at.ts'

/** So much of an answer's body is read; then the connection is closed. */
const BODY_MAX_BYTES = 64 * 1024

/** One request and what came of it, as they were on the wire. The answer's parts are hostile text. */
export interface Exchanged {
  /** Start line and headers as they left, without the empty line; empty: nothing left. */
  readonly requestHead: string
  /** Null: no head of an answer came. */
  readonly answer: Answer | null
  readonly outcome: Outcome
  /** Since the request was handed over. Null: it did not come to that. */
  readonly timingMs: { readonly connected: number | null; readonly firstByte: number | null; readonly total: number }
}

export interface Answer {
  readonly status: number
  readonly reason: string
  /** Name and value in turn. */
  readonly headers: readonly string[]
  readonly body: Uint8Array
  /** There was more of it than is read. */
  readonly cut: boolean
}

export interface ExchangeOptions extends ConnectorOptions {
  readonly timeoutMs: number
}

/** Sends one request over a connection of its own, and keeps all that is said on both sides. The target's failures are outcomes. */
export async function exchangeOnce(url: URL, request: OutgoingRequest, options: ExchangeOptions): Promise<Exchanged> {
  const deadline = AbortSignal.timeout(options.timeoutMs)
  const exchange = new OneExchange()
  const connector = new Connector(options)
  const client = new Client(url.origin, {
    allowH2: false,
    connectTimeout: 0,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (place, done) =>
      connector.open(place, deadline, (...[error, socket]) => {
        if (socket) exchange.overhear(socket as Socket)
        if (error) done(error, null)
        else done(null, socket)
      }),
  })
  deadline.addEventListener('abort', () => exchange.expire())
  const { method, headers, body } = request
  client.dispatch({ path: pathAt(url, request.path), method, headers: headers as string[], body }, exchange)
  const exchanged = await exchange.done
  await client.destroy()
  return exchanged
}

class OneExchange implements Dispatcher.DispatchHandler {
  readonly done: Promise<Exchanged>
  readonly #resolve: (exchanged: Exchanged) => void
  readonly #startMs = performance.now()
  #controller: Dispatcher.DispatchController | undefined
  #connectedMs: number | null = null
  #firstByteMs: number | null = null
  #sent = ''
  #head: Pick<Answer, 'status' | 'reason' | 'headers'> | undefined
  readonly #chunks: Uint8Array[] = []
  #bytes = 0

  constructor() {
    const { promise, resolve } = Promise.withResolvers<Exchanged>()
    this.done = promise
    this.#resolve = resolve
  }

  /** What leaves is taken down where it leaves: what is shown is what was sent. */
  overhear(socket: Socket): void {
    const write = socket.write.bind(socket) as (...args: unknown[]) => boolean
    socket.write = (...args: unknown[]): boolean => {
      const [chunk] = args
      if (!this.#sent.includes('\r\n\r\n')) {
        this.#sent += typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('latin1')
      }
      return write(...args)
    }
  }

  expire(): void {
    this.#finish(this.#outcome('timeout', 'no complete answer in time'))
    this.#controller?.abort(new Error('the deadline has passed'))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    this.#connectedMs = this.#elapsedMs()
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _: Record<string, string | string[] | undefined>,
    reason = '',
  ): void {
    if (status < 200) return
    this.#firstByteMs = this.#elapsedMs()
    this.#head = { status, reason, headers: namesAndValues(controller.rawHeaders) }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const left = BODY_MAX_BYTES - this.#bytes
    this.#bytes += chunk.length
    if (left > 0) this.#chunks.push(Uint8Array.from(chunk.subarray(0, left)))
    if (this.#bytes > BODY_MAX_BYTES) controller.abort(new Error('the body is too long'))
  }

  onResponseEnd(): void {
    this.#finish(this.#answered(''))
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    const text = textOfError(error)
    if (this.#head === undefined) this.#finish(this.#outcome(classOfError(error), text))
    else this.#finish(this.#answered(this.#bytes > BODY_MAX_BYTES ? '' : `the body broke off: ${text}`))
  }

  #finish(outcome: Outcome): void {
    const headEnd = this.#sent.indexOf('\r\n\r\n')
    this.#resolve({
      requestHead: headEnd < 0 ? '' : this.#sent.slice(0, headEnd),
      answer: this.#head
        ? { ...this.#head, body: Buffer.concat(this.#chunks), cut: this.#bytes > BODY_MAX_BYTES }
        : null,
      outcome,
      timingMs: { connected: this.#connectedMs, firstByte: this.#firstByteMs, total: this.#elapsedMs() },
    })
  }

  #answered(detail: string): Outcome {
    return this.#outcome(classOfStatus(this.#head!.status), detail)
  }

  #outcome(kind: Outcome['class'], detail: string): Outcome {
    const status = kind === 'timeout' ? 0 : (this.#head?.status ?? 0)
    const ambiguous = status === 0 && this.#controller !== undefined
    return { class: kind, status, ambiguous, connectMs: this.#connectedMs ?? -1, retryAfter: '', detail }
  }

  #elapsedMs(): number {
    return performance.now() - this.#startMs
  }
}

function namesAndValues(raw: Dispatcher.DispatchController['rawHeaders']): string[] {
  if (!Array.isArray(raw)) return []
  return raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')))
}
