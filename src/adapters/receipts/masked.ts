const CREDENTIALS = /(:\/\/)[^/\s@]+@/g
/** A password may hold any sign, also those that end a host. */
const DATABASE = /(postgres(?:ql)?:\/\/)\S*@/gi
const NAMED_SECRET = /\b([\w-]*(?:pass|pwd|token|secret|key|auth|sig)[\w-]*=)(?:"[^"]*"|'[^']*'|[^&\s'";,]+)/gi
const AUTHORIZATION = /(authorization:\s*(?:\w+\s+)?)[^\s'"]+/gi

/** A source's place for people: credentials of URLs and values with a secret's name are starred out. */
export function masked(text: string): string {
  return text
    .replace(DATABASE, '$1***@')
    .replace(CREDENTIALS, '$1***@')
    .replace(NAMED_SECRET, '$1***')
    .replace(AUTHORIZATION, '$1***')
}
