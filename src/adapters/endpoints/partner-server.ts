import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type Answer, OK, problem } from '../../partner/answer.ts'
import { parseFault } from '../../partner/faults/parse-fault.ts'
import type { OverlappingPage } from '../../partner/overlapping-page.ts'
import { Partner } from '../../partner/partner.ts'
import type { Sign } from '../../partner/signature.ts'
import type { Store } from '../../partner/store.ts'
import { readSecret } from '../secret.ts'
import { systemDigest } from '../system-world.ts'
import { Customers } from './customers.ts'
import { DrainedServer, type Route, SERVER_LIMITS } from './drained-server.ts'
import { GroupCommit } from './group-commit.ts'
import { writeNdjson } from './ndjson.ts'
import { openStore } from './open-store.ts'
import { readBody } from './request-body.ts'
import type { ServerCertificate } from './server-certificate.ts'
import type { ForwardReport, StreamForward, StreamForwardOptions } from './stream-forward.ts'
import { writeAnswer } from './write-answer.ts'

export interface PartnerServerOptions {
  /** 0: any free one. */
  readonly port: number
  /** 127.0.0.1 unless given. */
  readonly host?: string
  /** `memory`, `sqlite:` and a path, or the URL of a PostgreSQL database. */
  readonly store: string
  /** As `parseFault` reads them. */
  readonly faults: readonly string[]
  /** Where its customers' keys stand, `env:NAME` or `file:PATH` each. Without any everybody may send. */
  readonly apiKeys?: readonly string[]
  /** Where another key of the first customer stands, and how long it is good after the first request. */
  readonly expiringKey?: { readonly place: string; readonly goodForMs: number } | undefined
  /** Where the secret stands that requests must be signed with, `env:NAME` or `file:PATH`. Without it signatures are not looked at. */
  readonly sharedSecret?: string | undefined
  /** The folder of the certificate that it shows, made if there is none. Plain HTTP unless given. */
  readonly tls?: string
  /** Where the faults' chance begins. */
  readonly seed: number
  /** Where it sends back what its mails lead to. Nowhere unless given. */
  readonly forward?: Omit<StreamForwardOptions, 'seed'> | undefined
}

export interface RunningPartner {
  readonly url: string
  /** The file with the certificate to trust, where it speaks TLS. */
  readonly ca?: string
  /** Stops in good order: takes no more connections, answers what is under way, stores what is held back, forwards what waits. */
  close(): Promise<void>
  /** What came of what is forwarded; undefined: nothing is to be. */
  forwarded(): ForwardReport | undefined
}

/**
 * Serves the embedded partner over HTTP: events by POST, PUT or PATCH at `/`, one or an array of them; `GET /receipts`, `GET /state`, `GET /outbox`, `GET /healthz`.
 * @throws FaultError for a fault that makes no sense, SecretMissing for a key, PartnerError when store, port or certificate cannot be had, TargetInvalid and
 * TargetRefused for where it is to forward to
 */
export async function startPartner(options: PartnerServerOptions): Promise<RunningPartner> {
  const { host = '127.0.0.1' } = options
  const faults = options.faults.map(parseFault)
  const customers = customersOf(options)
  const sign =
    options.sharedSecret === undefined ? undefined : signWith(readSecret('--shared-secret', options.sharedSecret))
  const certificate = options.tls === undefined ? undefined : await certificateOf(options.tls, host)
  const forward = await forwardOf(options)
  const store = openStore(options.store)
  const commits = new GroupCommit(store)
  const partner = new Partner({
    store,
    faults,
    seed: options.seed,
    later: (delayMs, task) => commits.later(delayMs, task),
    sign,
    keyring: customers.keyring,
    onMail: forward && ((mail) => forward.answer(mail)),
  })
  const endpoint = new PartnerServer({ partner, store, commits, customers, certificate, forward })
  try {
    const url = await endpoint.listen(options.port, host)
    return {
      url,
      ...(certificate && { ca: certificate.path }),
      close: () => endpoint.close(),
      forwarded: () => forward?.report,
    }
  } catch (error) {
    store.close()
    throw error
  }
}

function customersOf({ apiKeys = [], expiringKey }: PartnerServerOptions): Customers {
  const keys = apiKeys.map((place) => readSecret('--api-key', place))
  if (expiringKey === undefined) return new Customers(keys)
  const { place, goodForMs } = expiringKey
  return new Customers(keys, { key: readSecret('--expiring-key', place), goodForMs })
}

function signWith(secret: string): Sign {
  return (bytes) => systemDigest.hmacSha1Hex(secret, bytes)
}

/** Loaded only where it is asked for, like what makes certificates. */
async function forwardOf({ forward, seed }: PartnerServerOptions): Promise<StreamForward | undefined> {
  if (forward === undefined) return undefined
  const { openStreamForward } = await import('./stream-forward.ts')
  return openStreamForward({ ...forward, seed })
}

/** What makes certificates takes a while to load, and few need it. */
async function certificateOf(folder: string, host: string): Promise<ServerCertificate> {
  const { serverCertificate } = await import('./server-certificate.ts')
  return serverCertificate(folder, host)
}

interface Parts {
  readonly partner: Partner
  readonly store: Store
  readonly commits: GroupCommit
  readonly customers: Customers
  readonly certificate: ServerCertificate | undefined
  readonly forward: StreamForward | undefined
}

class PartnerServer {
  readonly #partner: Partner
  readonly #store: Store
  readonly #commits: GroupCommit
  readonly #customers: Customers
  readonly #server: DrainedServer
  readonly #forward: StreamForward | undefined

  constructor({ partner, store, commits, customers, certificate, forward }: Parts) {
    this.#forward = forward
    this.#partner = partner
    this.#store = store
    this.#commits = commits
    this.#customers = customers
    this.#server = serverFor(certificate, (request, response) => this.#route(request, response))
  }

  listen(port: number, host: string): Promise<string> {
    return this.#server.listen(port, host)
  }

  async close(): Promise<void> {
    await this.#server.close()
    this.#partner.flush()
    this.#store.close()
    await this.#forward?.end()
  }

  #route(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url?.split('?', 1)[0]
    const reading = request.method === 'GET' || request.method === 'HEAD'
    if (path === '/') readBody(request, (body) => this.#receive(request, response, body))
    else if (path === '/receipts' && reading) this.#tell(request, response, 'receipts')
    else if (path === '/state' && reading) this.#tell(request, response, 'states')
    else if (path === '/outbox' && reading) this.#tell(request, response, 'outbox')
    else if (path === '/healthz' && reading) writeAnswer(response, this.#health())
    else
      writeAnswer(
        response,
        problem(404, 'events are taken at /; there are /receipts, /state, /outbox and /healthz to read'),
      )
  }

  #receive(request: IncomingMessage, response: ServerResponse, body: Uint8Array | undefined): void {
    const answer = body === undefined ? TOO_LARGE : this.#answered(request, body)
    this.#server.expect(answer, response)
    this.#commits.answer(answer, (said) => this.#server.say(said, response))
  }

  #answered(request: IncomingMessage, body: Uint8Array): Answer {
    const account = this.#customers.keyOf(request.headers.authorization ?? '')
    const signature = request.headers['x-signature']?.toString()
    try {
      return this.#partner.receive({
        method: request.method ?? '',
        body,
        receivedAtMs: Date.now(),
        signature,
        account,
      })
    } catch {
      return problem(500, 'the event could not be handled')
    }
  }

  #health(): Answer {
    return { ...problem(200, 'ok'), body: JSON.stringify({ status: 'ok', forwarded: this.#forward?.report }) }
  }

  /** Only what is committed is told, and to a customer only what is his. */
  #tell(request: IncomingMessage, response: ServerResponse, what: 'receipts' | 'states' | 'outbox'): void {
    const account = this.#customers.accountOf(request.headers.authorization ?? '')
    if (account === undefined) {
      writeAnswer(response, STRANGER)
      return
    }
    this.#commits.now()
    const own = this.#customers.everybody ? undefined : account
    const page = what === 'receipts' ? this.#partner.page(placeIn(request.url), Date.now(), own) : undefined
    if (page === undefined) void writeNdjson(response, this.#partner[what](Date.now(), own))
    else writeAnswer(response, this.#told(page))
  }

  #told({ records, nextAfter }: OverlappingPage): Answer {
    const next = nextAfter === null ? null : `/receipts?after=${nextAfter}`
    const body = JSON.stringify({ records: records.map((record) => this.#partner.told(record)), next })
    return { ...OK, headers: ['content-type', 'application/json'], body }
  }
}

/** After which place of the store a page is asked for; the beginning unless it says so. */
function placeIn(path = ''): number {
  return Number(/[?&]after=(\d{1,15})(?:&|$)/.exec(path)?.[1] ?? 0)
}

function serverFor(certificate: ServerCertificate | undefined, route: Route): DrainedServer {
  if (certificate === undefined) return new DrainedServer(createServer(SERVER_LIMITS, route), 'http')
  const { cert, key } = certificate
  return new DrainedServer(createTlsServer({ ...SERVER_LIMITS, handshakeTimeout: 10_000, cert, key }, route), 'https')
}

const STRANGER = problem(401, 'no customer has this key; send one by Basic authorization, as the name of the user', [
  'www-authenticate',
  'Basic realm="partner"',
])
const TOO_LARGE = problem(413, 'the body is larger than 16 MB', ['connection', 'close'])
