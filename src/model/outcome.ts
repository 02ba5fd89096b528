/** What one attempt met. `local` is trouble of our own: this machine (descriptors, ports, memory), or an answer that our HTTP client cannot take, or one that was lost on purpose. Never the target's. */
export type OutcomeClass =
  | '2xx'
  | '3xx'
  | '4xx'
  | '5xx'
  | 'timeout'
  | 'refused'
  | 'reset'
  | 'tls'
  | 'dns'
  | 'malformed'
  | 'local'

/** In the order of their codes in a ledger. */
export const OUTCOME_CLASSES: readonly OutcomeClass[] = [
  '2xx',
  '3xx',
  '4xx',
  '5xx',
  'timeout',
  'refused',
  'reset',
  'tls',
  'dns',
  'malformed',
  'local',
]

export interface Outcome {
  readonly class: OutcomeClass
  /** 0 where no final status line was read. */
  readonly status: number
  /** The event may be stored although nothing said so: its bytes had begun to leave and no final status came back. */
  readonly ambiguous: boolean
  /** The attempt went over a connection opened for it; how long that took (DNS, TCP and TLS). −1: an open one was used again. */
  readonly connectMs: number
  /** Value of Retry-After, empty if there was none. */
  readonly retryAfter: string
  /** Value of X-RateLimit-Reset; missing where there was none. */
  readonly rateLimitReset?: string
  /** Squall itself closed the connection once the request had left, as the plan wants it now and then. */
  readonly answerLost?: true
  /** What a person would want to see of it: an error's text, a Location, the beginning of the body. Hostile bytes: escape it. */
  readonly detail: string
}

/** Class of a final HTTP status. A status outside 200–599 is malformed. */
export function classOfStatus(status: number): OutcomeClass {
  if (status >= 200 && status < 300) return '2xx'
  if (status >= 300 && status < 400) return '3xx'
  if (status >= 400 && status < 500) return '4xx'
  if (status >= 500 && status < 600) return '5xx'
  return 'malformed'
}
