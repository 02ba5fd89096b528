import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Answer, problem } from '../../partner/answer.ts'
import type { StreamApi } from '../../partner/stream/stream-api.ts'
import { DrainedServer, SERVER_LIMITS } from './drained-server.ts'
import type { GroupCommit } from './group-commit.ts'
import { writeNdjson } from './ndjson.ts'
import { readBody } from './request-body.ts'
import type { RequestCapture } from './request-capture.ts'
import type { StreamDebugger } from './stream-debugger.ts'
import { keyInHead, type StreamKeys } from './stream-keys.ts'
import type { TokenDesk } from './token-desk.ts'
import { uncompressed } from './uncompressed.ts'
import { writeAnswer } from './write-answer.ts'

export interface StreamServerParts {
  readonly api: StreamApi
  readonly commits: GroupCommit
  readonly keys: StreamKeys
  /** Whether what it takes can be read of it again. */
  readonly isReadable: boolean
  /** Undefined: every token is taken for good. */
  readonly tokens: TokenDesk | undefined
  /** Undefined: others than this machine can reach it, so there is none. */
  readonly page: StreamDebugger | undefined
  /** Undefined: nobody asked for the requests themselves. */
  readonly capture: RequestCapture | undefined
}

/** The embedded HTTP Tracking API over HTTP: events by POST below `/v1/`; `GET /receipts`, `/discards` and `/healthz`; tokens by `POST /token`; `/debugger`. */
export class StreamServer {
  readonly #parts: StreamServerParts
  readonly #server: DrainedServer

  constructor(parts: StreamServerParts) {
    this.#parts = parts
    const route = (request: IncomingMessage, response: ServerResponse): void => this.#route(request, response)
    this.#server = new DrainedServer(createServer(SERVER_LIMITS, route), 'http')
  }

  listen(port: number, host: string): Promise<string> {
    return this.#server.listen(port, host)
  }

  async close(): Promise<void> {
    this.#parts.page?.close()
    await this.#server.close()
    this.#parts.api.flush()
    this.#parts.capture?.close()
  }

  #route(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url?.split('?', 1)[0] ?? ''
    const reading = request.method === 'GET' || request.method === 'HEAD'
    if (path === '/receipts' && reading) this.#tell(request, response, (source) => this.#receipts(source))
    else if (path === '/discards' && reading) this.#tell(request, response, (source) => this.#discards(source))
    else if (path === '/healthz' && reading) writeAnswer(response, this.#health())
    else if (path === '/token' && this.#parts.tokens) this.#issue(request, response, this.#parts.tokens)
    else if (this.#parts.page?.answer(request, response)) return
    else readBody(request, (body) => this.#receive(path, request, response, body))
  }

  #receive(path: string, request: IncomingMessage, response: ServerResponse, sent: Uint8Array | undefined): void {
    const body = uncompressed(sent, request.headers['content-encoding'])
    this.#parts.capture?.take(request, body)
    const answer = this.#answered(path, request, body)
    this.#server.expect(answer, response)
    this.#parts.commits.answer(answer, (said) => this.#server.say(said, response))
  }

  #answered(path: string, { method = '', headers }: IncomingMessage, body: Uint8Array | undefined): Answer {
    const { authorization } = headers
    const receivedAtMs = Date.now()
    if (!this.#isTrusted(authorization, receivedAtMs)) return NO_TOKEN
    const writeKey = keyInHead(authorization)
    try {
      return this.#parts.api.receive({ method, path, writeKey, body, receivedAtMs })
    } catch {
      return problem(500, 'the request could not be handled')
    }
  }

  #isTrusted(authorization: string | undefined, nowMs: number): boolean {
    const { tokens } = this.#parts
    return tokens === undefined || !/^bearer\b/i.test(authorization ?? '') || tokens.knows(authorization!, nowMs)
  }

  #issue(request: IncomingMessage, response: ServerResponse, tokens: TokenDesk): void {
    readBody(request, (body) => {
      const answer = request.method === 'POST' ? tokens.answer(String(body ?? ''), Date.now()) : TOKENS_ARE_POSTED
      writeAnswer(response, answer)
    })
  }

  /** Only what is committed is told, and to a source only what is its own. */
  #tell(
    { headers }: IncomingMessage,
    response: ServerResponse,
    read: (source: string | undefined) => Iterable<readonly unknown[]>,
  ): void {
    const source = this.#parts.keys.readableBy(keyInHead(headers.authorization))
    if (source === null || !this.#parts.isReadable) {
      writeAnswer(response, source === null ? STRANGER : NOTHING_KEPT)
      return
    }
    this.#parts.commits.now()
    void writeNdjson(response, read(source))
  }

  #receipts(source: string | undefined): Iterable<readonly unknown[]> {
    return this.#parts.api.receipts(Date.now(), source)
  }

  #discards(source: string | undefined): Iterable<readonly unknown[]> {
    return this.#parts.api.discards(source)
  }

  #health(): Answer {
    return { ...problem(200, ''), body: JSON.stringify({ status: 'ok', ...this.#parts.api.counts }) }
  }
}

const STRANGER = problem(
  401,
  'no source has this write key; send one by Basic authorization, as the name of the user',
  ['www-authenticate', 'Basic realm="stream"'],
)
const NO_TOKEN = problem(401, 'this token is not good, or not any more: ask for one at /token')
const TOKENS_ARE_POSTED = problem(405, 'tokens are asked for by POST', ['allow', 'POST'])
const NOTHING_KEPT = problem(404, 'this API was started with the store null, which keeps counts alone: see /healthz')
