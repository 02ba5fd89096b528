/** What `postgres://user:password@host:5432/database?setting=value&query=SELECT …` says. */
export interface DatabaseUrl {
  /** A name or an address, or the folder of a socket. Without brackets. */
  readonly host: string
  readonly port: number
  readonly user: string | undefined
  readonly password: string | undefined
  readonly database: string | undefined
  /** As libpq knows it: `prefer` unless said (TLS where it is spoken), `require` (without looking at the certificate), `verify-full`. */
  readonly sslMode: string
  /** Settings of the session, such as `search_path`. */
  readonly settings: Readonly<Record<string, string>>
  /** SQL; empty if there is none. */
  readonly query: string
}

const QUERY = /[?&]query=/
const SSL_MODES: readonly string[] = ['disable', 'prefer', 'require', 'verify-full']

/**
 * Reads it. The query comes last and may stand as it is or percent-encoded; `host` may be among the settings, for the folder of a socket.
 * @throws RangeError that says what is wrong, without the text itself: it may hold a password
 */
export function databaseUrl(text: string): DatabaseUrl {
  const at = text.search(QUERY)
  const place = at < 0 ? text : text.slice(0, at)
  if (!URL.canParse(place))
    throw new RangeError('this is not a URL; write it as postgres://user@127.0.0.1:5432/database')
  if (place.split('@').length > 2) throw new RangeError('write @ and / in a user or a password as %40 and %2F')
  const url = new URL(place)
  const { host, sslmode = 'prefer', ...settings } = Object.fromEntries(url.searchParams)
  if (!SSL_MODES.includes(sslmode)) throw new RangeError(`sslmode is one of ${SSL_MODES.join(', ')}, not "${sslmode}"`)
  return {
    host: host ?? (url.hostname.replace(/^\[|\]$/g, '') || 'localhost'),
    port: Number(url.port || 5432),
    user: given(url.username),
    password: given(url.password),
    database: given(url.pathname.slice(1)),
    sslMode: sslmode,
    settings,
    query: at < 0 ? '' : queryOf(text.slice(at).replace(QUERY, '')),
  }
}

function given(part: string): string | undefined {
  return part === '' ? undefined : decoded(part)
}

/** As it stands, or percent-encoded: then it has no blanks. */
export function queryOf(text: string): string {
  return /\s/.test(text) || !/%[\da-f]{2}/i.test(text) ? text : decoded(text)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
