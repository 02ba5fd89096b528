import http, { type RefinedParams, type RefinedResponse } from 'k6/http'
import { classOfStatus, type Outcome } from '../../src/model/outcome.ts'
import type { Attempt, ConnectionStats, OutgoingRequest, Transport } from '../../src/model/world.ts'
import { classOfFailure } from './class-of-failure.ts'
import { HeaderTable } from './header-table.ts'
import { TargetPaths } from './target-paths.ts'

/** So much of an answer's body is kept for people to read, where the answer was no 2xx. */
const BODY_SHOWN = 1024

type Answer = RefinedResponse<'text'>
type Done = (outcome: Outcome) => void

export interface K6TransportOptions {
  readonly timeoutMs: number
  /** k6 itself is being ended: whatever is begun from now on fails at once. */
  readonly onCancelled: () => void
}

/**
 * HTTP/1.1 through k6's `asyncRequest`, which opens a connection where none is idle. It keeps no cookies and follows no redirects; but k6
 * reads an answer's body to its end and decodes it, and tells no status where that fails.
 */
export class K6Transport implements Transport {
  readonly #paths: TargetPaths
  readonly #secure: boolean
  readonly #options: K6TransportOptions
  /** One object for all requests: k6 has read it when `asyncRequest` returns. */
  readonly #params: RefinedParams<'text'>
  readonly #headers = new HeaderTable()
  #opened = 0
  #requests = 0
  #cancelled = false

  constructor(url: string, options: K6TransportOptions) {
    this.#paths = new TargetPaths(url)
    this.#secure = url.startsWith('https:')
    this.#options = options
    this.#params = { redirects: 0, timeout: options.timeoutMs, responseType: 'text', headers: {} }
  }

  get stats(): ConnectionStats {
    const reused = Math.max(0, this.#requests - this.#opened)
    return { opened: this.#opened, reused, httpVersion: '1.1', tls: null }
  }

  send(request: OutgoingRequest, done: Done): Attempt {
    const attempt = new K6Attempt()
    const params = this.#params
    // A jar of its own: no cookie ever comes back.
    params.jar = new http.CookieJar()
    params.headers = this.#headers.of(request.headers)
    if (request.compress !== undefined) params.compression = request.compress
    this.#requests++
    // Events are texts here, whatever their type says.
    const body = request.body as unknown as string
    http.asyncRequest(request.method, this.#paths.at(request.path), body, params).then(
      (answer) => this.#ended(attempt, answer, done),
      (error) => this.#finish(attempt, this.#thrown(String(error)), done),
    )
    return attempt
  }

  async close(): Promise<void> {}

  #ended(attempt: K6Attempt, answer: Answer, done: Done): void {
    // Each look at what k6 returns goes through reflection: few, and none at what is seldom needed.
    const { status, timings } = answer
    const isNew = timings.connecting > 0
    const connectMs = isNew ? timings.blocked : -1
    if (isNew) this.#opened++
    if (status !== 0) this.#finish(attempt, answered(status, connectMs, answer), done)
    else if (answer.error.includes('context canceled')) this.#cut()
    else this.#finish(attempt, this.#failed(answer, connectMs), done)
  }

  #failed({ error_code: code, error: text, timings }: Answer, connectMs: number): Outcome {
    const connected = timings.blocked > 0
    const kind = classOfFailure({ code, text, connected, secure: this.#secure })
    // An idle connection that its server had closed: the request was never written to it.
    const unwritten = kind === 'reset' && timings.sending === 0
    return failure(kind, connected && !unwritten, connectMs, `${code}: ${text}`)
  }

  /** k6 throws at an answer that it does not take: something of it did come. */
  #thrown(text: string): Outcome {
    return failure(classOfFailure({ code: 0, text, connected: true, secure: this.#secure }), true, -1, text)
  }

  #finish(attempt: K6Attempt, outcome: Outcome, done: Done): void {
    if (!attempt.over) done(outcome)
  }

  /** It stays without an outcome. Who took this for one and sent again would fail at once, and again, for ever. */
  #cut(): void {
    if (!this.#cancelled) this.#options.onCancelled()
    this.#cancelled = true
  }
}

class K6Attempt implements Attempt {
  over = false

  /** k6 cannot end one request, and does not tell how far it came: that it left is to be assumed. k6's own deadline is the same. */
  abort(): Outcome {
    this.over = true
    return failure('timeout', true, -1, '')
  }
}

function answered(status: number, connectMs: number, answer: Answer): Outcome {
  const shown = status >= 300
  return {
    class: classOfStatus(status),
    status,
    ambiguous: false,
    connectMs,
    retryAfter: shown ? (answer.headers['Retry-After'] ?? '') : '',
    ...(status === 429 && resetOf(answer)),
    detail: shown ? detailOf(answer) : '',
  }
}

/** Go spells the header so. */
function resetOf({ headers }: Answer): Pick<Outcome, 'rateLimitReset'> {
  const rateLimitReset = headers['X-Ratelimit-Reset']
  return rateLimitReset === undefined ? {} : { rateLimitReset }
}

function detailOf({ headers, body }: Answer): string {
  const location = headers.Location === undefined ? '' : `Location: ${headers.Location}`
  return [location, (body ?? '').slice(0, BODY_SHOWN)].filter((part) => part !== '').join('\n')
}

function failure(kind: Outcome['class'], ambiguous: boolean, connectMs: number, detail: string): Outcome {
  return { class: kind, status: 0, ambiguous, connectMs, retryAfter: '', detail }
}
