/** A request that can be sent again. Secrets are the names of environment variables, such as `$API_KEY`. */
export interface RepeatableRequest {
  readonly method: string
  readonly url: string
  /** Name and value in turn. A value that begins with `$` names a variable. */
  readonly headers: readonly string[]
  /** User and password, as a variable: `$API_KEY:`. Empty: none. */
  readonly user: string
  readonly body: string
}

/** One command for a POSIX shell. */
export function curlText({ method, url, headers, user, body }: RepeatableRequest): string {
  const parts = [`curl --include --request ${quoted(method)} ${quoted(url)}`]
  if (user !== '') parts.push(`--user ${variable(user)}`)
  for (let i = 0; i + 1 < headers.length; i += 2) parts.push(`--header ${headerText(headers[i]!, headers[i + 1]!)}`)
  parts.push(`--data-raw ${quoted(body)}`)
  return parts.join(' \\\n  ')
}

function headerText(name: string, value: string): string {
  return isVariable(value) ? `${quoted(`${name}: `)}${variable(value)}` : quoted(`${name}: ${value}`)
}

function isVariable(value: string): boolean {
  return /^\$\w+$/.test(value)
}

/** Only a name of ours may stand in double quotes. */
function variable(text: string): string {
  return /^\$\w+:?$/.test(text) ? `"${text}"` : quoted(text)
}

/** For a shell, inside single quotes nothing means anything but the quote itself. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
