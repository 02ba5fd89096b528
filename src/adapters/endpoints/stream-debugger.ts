import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WatchedEvent } from '../../partner/stream/watched-event.ts'
import { pageFile } from '../page-file.ts'
import { DebuggerFeed, type EventLint } from './debugger-feed.ts'

const FOLDER = 'adapters/endpoints/debugger'
const PAGE = '/debugger'
const FEED = '/debugger/events'
/** The other files are the same for everybody and say nothing. */
const WITH_TOKEN: ReadonlySet<string> = new Set([PAGE, FEED])

interface PageFile {
  readonly kind: string
  readonly paths: readonly string[]
}

const SCRIPTS = ['debugger', 'element', 'event-detail', 'event-list', 'event-row', 'feed', 'gauges', 'pretty-json']

/** What the page consists of. The look is the report's, with what is the debugger's own behind it. */
const FILES: ReadonlyMap<string, PageFile> = new Map([
  [PAGE, { kind: 'text/html', paths: [`${FOLDER}/debugger.html`] }],
  [`${PAGE}/debugger.css`, { kind: 'text/css', paths: ['report/page/report.css', `${FOLDER}/debugger.css`] }],
  [`${PAGE}/icon.svg`, { kind: 'image/svg+xml', paths: [`${FOLDER}/icon.svg`] }],
  ...SCRIPTS.map((name) => scriptOf(`${name}.js`)),
])

function scriptOf(file: string): [string, PageFile] {
  return [`${PAGE}/${file}`, { kind: 'text/javascript', paths: [`${FOLDER}/${file}`] }]
}

/** Other names than this machine's own are somebody else's pages, whatever they resolve to. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/**
 * The page on which one watches what the embedded API takes, at `/debugger`. For a server on loopback alone. Only who knows the token sees it, and nothing
 * on it runs, or is asked for, but its own files.
 */
export class StreamDebugger {
  /** Where it is, below the server's own URL; whoever has it may look. */
  readonly path: string
  readonly #token: Buffer
  readonly #feed: DebuggerFeed
  readonly #bodies = new Map<string, string>()

  /** @param lint what an event breaks: each with rule, severity, says, mend, pointer and detail */
  constructor(lint: EventLint) {
    const token = randomBytes(18).toString('base64url')
    this.path = `debugger?token=${token}`
    this.#token = digestOf(token)
    this.#feed = new DebuggerFeed(lint)
  }

  /** To be called for each event, after its answer. */
  readonly take = (event: WatchedEvent): void => this.#feed.take(event)

  /** Answers what is asked of it; false: the request is not for it. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const { pathname, token } = placeOf(request)
    if (pathname !== PAGE && !pathname.startsWith(`${PAGE}/`)) return false
    if (request.method !== 'GET') refuse(response, 405, 'The debugger is read by GET.')
    else if (!LOOPBACK.test(request.headers.host ?? ''))
      refuse(response, 403, 'Open it by the address of this machine.')
    else if (WITH_TOKEN.has(pathname) && !timingSafeEqual(digestOf(token), this.#token)) refuse(response, 403, STRANGER)
    else if (pathname === FEED) this.#feed.watch(response, lastNumberOf(request))
    else this.#show(pathname, response)
    return true
  }

  close(): void {
    this.#feed.close()
  }

  #show(pathname: string, response: ServerResponse): void {
    const file = FILES.get(pathname)
    if (file === undefined) {
      refuse(response, 404, 'There is nothing here.')
      return
    }
    const { kind, paths } = file
    const body = this.#bodies.get(pathname) ?? paths.map(pageFile).join('\n')
    this.#bodies.set(pathname, body)
    response.writeHead(200, { ...HEADERS, 'content-type': `${kind}; charset=utf-8` })
    response.end(body)
  }
}

const STRANGER = 'This address is not, or no longer, good: open the one that squall printed when it started.'

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' })
  response.end(`${words}\n`)
}

/** The token is empty where there is none. */
function placeOf({ url = '' }: IncomingMessage): { readonly pathname: string; readonly token: string } {
  const [pathname = '', query] = url.split('?', 2)
  return { pathname, token: new URLSearchParams(query).get('token') ?? '' }
}

/** 0: the page has heard of none. */
function lastNumberOf({ headers }: IncomingMessage): number {
  const text = headers['last-event-id']
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : 0
}

/** Digests are of one length, so that comparing them takes as long whatever the texts. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
