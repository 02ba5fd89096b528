import { RateGate } from '../../partner/stream/rate-gate.ts'
import { type OverRate, StreamApi } from '../../partner/stream/stream-api.ts'
import { parseStreamFault } from '../../partner/stream/stream-faults.ts'
import type { StreamStore } from '../../partner/stream/stream-store.ts'
import type { WatchedEvent } from '../../partner/stream/watched-event.ts'
import type { EventLint } from './debugger-feed.ts'
import { GroupCommit } from './group-commit.ts'
import { openStreamStore } from './open-stream-store.ts'
import { RequestCapture } from './request-capture.ts'
import { StreamDebugger } from './stream-debugger.ts'
import { type StreamKeyOptions, StreamKeys } from './stream-keys.ts'
import { StreamServer } from './stream-server.ts'
import { TokenDesk, type TokenDeskOptions } from './token-desk.ts'

export interface StreamServerOptions extends StreamKeyOptions {
  /** 0: any free one. */
  readonly port: number
  /** 127.0.0.1 unless given. */
  readonly host?: string
  /** `memory`, `sqlite:` and a path, or `null`. */
  readonly store: string
  /** As `parseStreamFault` reads them. */
  readonly faults: readonly string[]
  /** Where the faults' chance begins. */
  readonly seed: number
  /** Requests a second, whosever; undefined: as many as come. */
  readonly ratePerSecond?: number | undefined
  readonly overRate: OverRate
  /** How long a message is known by its id, in milliseconds. */
  readonly dedupeMs: number
  /** Undefined: there are no tokens to be had here, and every one is good. */
  readonly oauth?: TokenDeskOptions | undefined
  /** A new file for the requests that come; undefined: they are not kept. */
  readonly capture?: string | undefined
  /** What the debugger shows that an event breaks. */
  readonly lint: EventLint
}

export interface RunningStream {
  readonly url: string
  /** Where one watches what it takes; whoever has it may look. Undefined: it can be reached from elsewhere, so there is none. */
  readonly debugger?: string
  /** Stops in good order: takes no more connections, answers what is under way, stores what is held back. */
  close(): Promise<void>
}

/**
 * Serves the embedded HTTP Tracking API.
 * @throws FaultError for a fault that makes no sense, SecretMissing for a write key, PartnerError when store, port or key file cannot be had
 */
export async function startStream(options: StreamServerOptions): Promise<RunningStream> {
  const { host = '127.0.0.1', port, ratePerSecond, overRate, seed } = options
  const faults = options.faults.map(parseStreamFault)
  const keys = new StreamKeys(options)
  const tokens = options.oauth && new TokenDesk(options.oauth)
  const page = isLoopback(host) ? new StreamDebugger(options.lint) : undefined
  const capture = options.capture === undefined ? undefined : new RequestCapture(options.capture)
  const store = openStreamStore(options.store, options.dedupeMs)
  const commits = new GroupCommit(store)
  const api = new StreamApi({
    store,
    sources: keys.sources,
    rate: ratePerSecond === undefined ? undefined : { gate: new RateGate(ratePerSecond), over: overRate },
    faults,
    seed,
    later: (delayMs, task) => commits.later(delayMs, task),
    watch: page && afterAnswers(page.take),
  })
  const server = new StreamServer({ api, commits, keys, isReadable: store.isReadable, tokens, page, capture })
  try {
    const url = await server.listen(port, host)
    return { url, ...(page && { debugger: `${url}${page.path}` }), close: () => closed(server, store) }
  } catch (error) {
    store.close()
    throw error
  }
}

async function closed(server: StreamServer, store: StreamStore): Promise<void> {
  await server.close()
  store.close()
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** Tells in the next turn, when those who sent have their answers. */
function afterAnswers(tell: (event: WatchedEvent) => void): (event: WatchedEvent) => void {
  let waiting: WatchedEvent[] = []
  const tellAll = (): void => {
    const events = waiting
    waiting = []
    for (const event of events) tell(event)
  }
  return (event) => {
    if (waiting.push(event) === 1) setImmediate(() => setImmediate(tellAll))
  }
}
