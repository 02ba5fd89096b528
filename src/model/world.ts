import type { Outcome } from './outcome.ts'
import type { DeliveryPlan } from './plan.ts'

/** All that is not ours: four small interfaces. The adapters make the real one, `simulation` a virtual one. */
export interface World {
  readonly clock: Clock
  readonly random: Random
  readonly transport: Transport
  readonly digest: Digest
}

export interface Clock {
  /** Monotonic milliseconds, with fractions, from an origin of the clock's own. */
  nowMs(): number
  /** Wall clock, epoch milliseconds. Never used for durations. */
  wallMs(): number
  /** Calls `wake` once, at `atMs` on this clock or as soon after as can be. */
  at(atMs: number, wake: () => void): Timer
}

export interface Timer {
  cancel(): void
}

export interface Random {
  /** A new run id of eight lower-case letters and digits. */
  runId(): string
}

export interface Digest {
  /** SHA-256 in lower-case hex. */
  sha256(content: string | Uint8Array): string
  /** HMAC-SHA1 in lower-case hex; of the key its UTF-8 bytes count. */
  hmacSha1Hex(key: string, content: Uint8Array): string
}

/** Sends a request once, as it stands: no retries, redirects, decompression, proxies or cookies of its own. */
export interface Transport {
  /** Calls `done` exactly once, never before `send` has returned, unless aborted. It keeps no deadline: the caller aborts. */
  send(request: OutgoingRequest, done: (outcome: Outcome) => void): Attempt
  /** Ends all connections. */
  close(): Promise<void>
  readonly stats: ConnectionStats
}

/** An attempt under way. */
export interface Attempt {
  /** Ends it now and returns what is known of it; `done` is not called any more. */
  abort(): Outcome
}

export interface OutgoingRequest {
  readonly method: DeliveryPlan['method']
  /** Joined to the target's own path. Absent: the target's own path it is. */
  readonly path?: string
  /** Name and value in turn. */
  readonly headers: readonly string[]
  readonly body: Uint8Array
  /** The engine is to compress the body and say so: nobody else could. */
  readonly compress?: 'gzip'
  /** Close the connection once the request has left, and do not look at its answer. */
  readonly loseAnswer?: true
}

export interface ConnectionStats {
  readonly opened: number
  readonly reused: number
  /** Missing where the engine cannot see it; so is `max`. */
  readonly closedByPeer?: number
  readonly max?: number
  readonly httpVersion: string
  /** TLS versions in use; null: none. */
  readonly tls: string | null
  /** TLS handshakes that came to a good end, and those of them that resumed a session; missing where nobody counts them. */
  readonly tlsHandshakes?: number
  readonly tlsResumed?: number
}

/** How the generating process itself fares. */
export interface Health {
  /** Since the last call: the longest time the event loop was held up, CPU time over wall time, and memory now; null: cannot be seen. */
  take(): { readonly loopDelayMaxMs: number; readonly cpuRatio: number | null; readonly rssMb: number | null }
}
