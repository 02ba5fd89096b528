import type { OutcomeClass } from '../model/outcome.ts'

const CLASS_BY_CODE: Readonly<Record<string, OutcomeClass>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EHOSTDOWN: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'malformed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'malformed',
  EMFILE: 'local',
  ENFILE: 'local',
  ENOMEM: 'local',
  ENOBUFS: 'local',
  EADDRNOTAVAIL: 'local',
}

/** What a sound server may say and undici cannot take: who sends it is not to blame. */
const CLIENT_LIMITS: readonly (readonly [error: RegExp, limit: string])[] = [
  [/^UND_ERR_SOCKET: bad response$/, 'undici takes no 100 Continue that it did not ask for'],
  [/^HTTPParserError: .*\(Missing expected (?:CR|LF)\b/, 'undici wants CR and LF at the end of each line'],
]

const TLS_CODE =
  /^(ERR_TLS|ERR_SSL|CERT_|CRL_|DEPTH_ZERO|ERROR_IN_C|SELF_SIGNED|UNABLE_TO_|INVALID_(CA|PURPOSE)|PATH_LENGTH|HOSTNAME_MISMATCH|EPROTO)/

/** The class of a failure that came without a final status. An error that nobody foresaw is our own. */
export function classOfError(error: unknown): OutcomeClass {
  if (limitOf(error) !== undefined) return 'local'
  const { name, code, message } = describe(error)
  // Undici's parser errors carry no code, or llhttp's own; an unasked 101 only shows in the message.
  if (name === 'HTTPParserError' || code.startsWith('HPE_') || message === 'bad upgrade') return 'malformed'
  return CLASS_BY_CODE[code] ?? (TLS_CODE.test(code) ? 'tls' : 'local')
}

/** The failure in a few words: code and message. */
export function textOfError(error: unknown): string {
  const limit = limitOf(error)
  return limit === undefined ? plainText(error) : `our client's limit: ${limit} (${plainText(error)})`
}

function limitOf(error: unknown): string | undefined {
  const text = plainText(error)
  return CLIENT_LIMITS.find(([pattern]) => pattern.test(text))?.[1]
}

function plainText(error: unknown): string {
  const { name, code, message } = describe(error)
  return [code || name, message].filter((part) => part !== '').join(': ')
}

function describe(error: unknown): { name: string; code: string; message: string } {
  const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error
  if (!(first instanceof Error)) return { name: '', code: '', message: String(first) }
  const code = 'code' in first && typeof first.code === 'string' ? first.code : ''
  return { name: first.name, code, message: first.message }
}
