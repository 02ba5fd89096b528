import type { OutcomeClass } from '../../src/model/outcome.ts'

/** What k6 says of a request that got no answer it could take. */
export interface Failure {
  /** k6's own error code. */
  readonly code: number
  readonly text: string
  /** A connection stood, and over it the request was to leave. */
  readonly connected: boolean
  readonly secure: boolean
}

/** A text tells more than most of k6's codes, and everything than 1000, which stands for all that k6 has no code for. */
const TEXTS: readonly (readonly [RegExp, OutcomeClass])[] = [
  [/\b(?:tls|x509): |certificate|HTTP response to HTTPS client/, 'tls'],
  [/too many open files|cannot allocate memory|no buffer space|assign requested address/, 'local'],
  [/no route to host|network is unreachable|host is down/, 'refused'],
  [/i\/o timeout|connection timed out|deadline exceeded/, 'timeout'],
  [/\bEOF$|closed idle connection|broken pipe|connection (?:reset|aborted)|closed network connection/, 'reset'],
  [/malformed|unsupported (?:transfer encoding|response status)|(?:bad|invalid|multiple) Content-Length/, 'malformed'],
  [/headers? exceeded|too many 1xx|chunk|trailer|invalid header|Location header/, 'malformed'],
]

const CODES: Readonly<Record<number, OutcomeClass>> = {
  1050: 'timeout',
  1100: 'dns',
  1101: 'dns',
  1201: 'reset',
  1211: 'timeout',
  1212: 'refused',
  1220: 'reset',
}

/** The same classes as the Node engine's; an error that nobody foresaw is our own. */
export function classOfFailure({ code, text, connected, secure }: Failure): OutcomeClass {
  const found = CODES[code] ?? classOfText(text) ?? (code >= 1300 && code < 1400 ? 'tls' : 'local')
  // A connection that breaks in the handshake is trouble with TLS.
  return found === 'reset' && secure && !connected ? 'tls' : found
}

function classOfText(text: string): OutcomeClass | undefined {
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1]
}
