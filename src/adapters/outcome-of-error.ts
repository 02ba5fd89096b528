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

const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/

/** The class of a failure that came without a final status. An error that nobody foresaw is our own. */
export function classOfError(error: unknown): OutcomeClass {
  const { name, code } = describe(error)
  // Undici's parser errors carry no code, or llhttp's own.
  if (name === 'HTTPParserError' || code.startsWith('HPE_')) return 'malformed'
  return CLASS_BY_CODE[code] ?? (TLS_CODE.test(code) ? 'tls' : 'local')
}

/** The failure in a few words: code and message. */
export function textOfError(error: unknown): string {
  const { name, code, message } = describe(error)
  return [code || name, message].filter((part) => part !== '').join(': ')
}

function describe(error: unknown): { name: string; code: string; message: string } {
  const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error
  if (!(first instanceof Error)) return { name: '', code: '', message: String(first) }
  const code = 'code' in first && typeof first.code === 'string' ? first.code : ''
  return { name: first.name, code, message: first.message }
}
