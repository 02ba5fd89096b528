import type { Plan, Prepared, RunWorld } from '../index.ts'

const MASK = '[secret]'

/** Headers whose values are nobody's to read, whatever they hold. */
const SECRET_NAMES = /^(authorization|proxy-authorization|cookie|set-cookie|.*(api-?key|token|secret|password).*)$/i

/** Hides secrets in text that people see. */
export interface SecretMask {
  /** In each form in which they travel: as they are, in base64, percent-encoded, escaped in JSON. */
  text(text: string): string
  /** The value of a header, unless its name says that it is secret. */
  header(name: string, value: string): string
}

/** @param issued secrets that there are more and more of */
export function secretMask(secrets: readonly string[], issued: () => readonly string[] = () => []): SecretMask {
  const lasting = formsOfAll(secrets)
  const text = (shown: string): string =>
    [...formsOfAll(issued()), ...lasting].reduce((masked, form) => masked.replaceAll(form, MASK), shown)
  return {
    text,
    header: (name, value) =>
      SECRET_NAMES.test(name) ? value.replace(/^(Basic |Bearer )?.*$/is, `$1${MASK}`) : text(value),
  }
}

/** A longer form may hold a shorter one, and comes first. */
function formsOfAll(secrets: readonly string[]): string[] {
  const forms = [...new Set(secrets.filter((secret) => secret !== '').flatMap(formsOf))]
  return forms.sort((a, b) => b.length - a.length)
}

function formsOf(secret: string): string[] {
  const base64 = [secret, `${secret}:`].flatMap((text) => {
    const bytes = Buffer.from(text, 'utf8')
    return [bytes.toString('base64'), bytes.toString('base64url')]
  })
  const escaped = JSON.stringify(secret).slice(1, -1)
  return [secret, ...base64, ...base64.map((text) => text.replace(/=+$/, '')), encodeURIComponent(secret), escaped]
}

/** Hides what is secret of a run. */
export function maskOf(
  credentials: RunWorld['credentials'],
  { plan, access }: Pick<Prepared, 'plan' | 'access'>,
): SecretMask {
  return secretMask(secretsIn(credentials, plan, access), () => credentials.tokens?.issued() ?? [])
}

/** What of a run's credentials came from the places of secrets. */
function secretsIn(credentials: RunWorld['credentials'], plan: Plan, access: Prepared['access']): string[] {
  const written = plan.delivery.headers
  return [
    ...(access.apiKey === undefined ? [] : [credentials.apiKey]),
    ...(credentials.apiKeys ?? []).filter((key, i) => key !== plan.traffic.customers?.keys[i]),
    ...(access.writeKey === undefined ? [] : [credentials.writeKey ?? '']),
    ...(credentials.expiredKey === undefined ? [] : [credentials.expiredKey]),
    ...(credentials.sharedSecret === undefined ? [] : [credentials.sharedSecret]),
    ...credentials.headers.filter((value, i) => value !== written[i]),
  ]
}
