import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { accountOf } from '../../partner/account.ts'
import { type Answer, problem } from '../../partner/answer.ts'
import { parseFault } from '../../partner/faults/parse-fault.ts'
import { Partner } from '../../partner/partner.ts'
import type { Store } from '../../partner/store.ts'
import { GroupCommit } from './group-commit.ts'
import { writeNdjson } from './ndjson.ts'
import { openStore } from './open-store.ts'
import { PartnerError } from './partner-error.ts'
import { readBody } from './request-body.ts'
import { writeAnswer } from './write-answer.ts'

export interface PartnerServerOptions {
  /** 0: any free one. */
  readonly port: number
  /** 127.0.0.1 unless given. */
  readonly host?: string
  /** `memory`, or `sqlite:` and a path. */
  readonly store: string
  /** As `parseFault` reads them. */
  readonly faults: readonly string[]
  /** Where the faults' chance begins. */
  readonly seed: number
}

export interface RunningPartner {
  readonly url: string
  /** Stops in good order: takes no more connections, answers what is under way, stores what is held back. */
  close(): Promise<void>
}

/**
 * Serves the embedded partner over HTTP: events by POST at `/`; `GET /receipts`, `GET /state`, `GET /healthz`.
 * @throws FaultError for a fault that makes no sense, PartnerError when store or port cannot be had
 */
export async function startPartner(options: PartnerServerOptions): Promise<RunningPartner> {
  const faults = options.faults.map(parseFault)
  const store = openStore(options.store)
  const commits = new GroupCommit(store)
  const partner = new Partner({ store, faults, seed: options.seed, later: laterBy(commits) })
  const endpoint = new PartnerServer(partner, store, commits)
  try {
    return { url: await endpoint.listen(options.port, options.host ?? '127.0.0.1'), close: () => endpoint.close() }
  } catch (error) {
    store.close()
    throw error
  }
}

/** What a fault stores later is committed as well; a partner that stops does not wait for it, it flushes. */
function laterBy(commits: GroupCommit): (delayMs: number, task: () => void) => void {
  return (delayMs, task) => {
    setTimeout(() => {
      task()
      commits.soon()
    }, delayMs).unref()
  }
}

const DRAIN_MS_MAX = 10_000

class PartnerServer {
  readonly #partner: Partner
  readonly #store: Store
  readonly #commits: GroupCommit
  readonly #server: Server
  #underWay = 0
  #closing: (() => void) | undefined

  constructor(partner: Partner, store: Store, commits: GroupCommit) {
    this.#partner = partner
    this.#store = store
    this.#commits = commits
    this.#server = createServer(LIMITS, (request, response) => this.#route(request, response))
    this.#server.maxHeadersCount = 100
  }

  async listen(port: number, host: string): Promise<string> {
    try {
      await once(this.#server.listen(port, host), 'listening')
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new PartnerError(`cannot listen on ${host}:${port} (${reason}): choose another port, or 0 for any free one`)
    }
    const { address, port: bound } = this.#server.address() as AddressInfo
    return `http://${address.includes(':') ? `[${address}]` : address}:${bound}/`
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    const drained = new Promise<void>((resolve) => {
      this.#closing = resolve
    })
    this.#server.close()
    const deadline = setTimeout(() => this.#closing?.(), DRAIN_MS_MAX)
    if (this.#underWay > 0) await drained
    clearTimeout(deadline)
    this.#server.closeAllConnections()
    await closed
    this.#partner.flush()
    this.#store.close()
  }

  #route(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url?.split('?', 1)[0]
    const reading = request.method === 'GET' || request.method === 'HEAD'
    if (path === '/') readBody(request, (body) => this.#receive(request, response, body))
    else if (path === '/receipts' && reading) this.#tell(response, this.#partner.receipts(Date.now()))
    else if (path === '/state' && reading) this.#tell(response, this.#partner.states(Date.now()))
    else if (path === '/healthz' && reading) writeAnswer(response, HEALTHY)
    else writeAnswer(response, problem(404, 'events are taken at /; there are /receipts, /state and /healthz to read'))
  }

  #receive(request: IncomingMessage, response: ServerResponse, body: Uint8Array | undefined): void {
    const answer = body === undefined ? TOO_LARGE : this.#answered(request, body)
    if (answer.wire !== 'hang') {
      this.#underWay++
      response.once('close', () => this.#ended())
    }
    this.#commits.answer(answer, (said) => {
      if (said.delayMs > 0) setTimeout(() => this.#say(response, said), said.delayMs).unref()
      else this.#say(response, said)
    })
  }

  #answered(request: IncomingMessage, body: Uint8Array): Answer {
    const account = accountOf(request.headers.authorization ?? '')
    try {
      return this.#partner.receive({ method: request.method ?? '', body, receivedAtMs: Date.now(), account })
    } catch {
      return problem(500, 'the event could not be handled')
    }
  }

  #say(response: ServerResponse, answer: Answer): void {
    if (this.#closing) response.shouldKeepAlive = false
    writeAnswer(response, answer)
  }

  #ended(): void {
    this.#underWay--
    if (this.#underWay === 0) this.#closing?.()
  }

  /** Only what is committed is told. */
  #tell(response: ServerResponse, pages: Iterable<readonly unknown[]>): void {
    this.#commits.now()
    void writeNdjson(response, pages)
  }
}

/** Idle connections outlive any stall of a sender; a head that does not come in ten seconds never will. */
const LIMITS = { keepAliveTimeout: 65_000, headersTimeout: 10_000, noDelay: true }

const TOO_LARGE = problem(413, 'the body is larger than 1 MB', ['connection', 'close'])
const HEALTHY: Answer = {
  ...problem(200, 'ok'),
  body: JSON.stringify({ status: 'ok' }),
}
