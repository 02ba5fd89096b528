import { createPrivateKey, createSign, type KeyObject, randomUUID } from 'node:crypto'
import type { Outcome } from '../model/outcome.ts'
import type { OutgoingRequest } from '../model/world.ts'
import type { ConnectorOptions } from './connector.ts'
import { exchangeOnce } from './one-exchange.ts'
import { SecretMissing } from './secret.ts'

/** No token could be had. The message holds what the endpoint said: hostile text. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
}

/** With what tokens are asked for, and of whom. */
export interface TokenSource extends ConnectorOptions {
  readonly endpoint: URL
  readonly clientId: string
  readonly keyId: string
  /** PEM. */
  readonly privateKey: string
}

interface Token {
  readonly text: string
  readonly goodForMs: number
}

/** An assertion is good for less than a minute, and is dated back a little: clocks differ. */
const GOOD_FOR_S = 55
const DATED_BACK_S = 5
const TIMEOUT_MS = 10_000
/** How long it takes at least until a token is asked for again. */
const PAUSE_MS = 1000
/** Longer than timers can wait. */
const RENEWED_WITHIN_MS = 86_400_000
const SHOWN_LENGTH = 500

/** Tokens to write to Segment with, by client credentials: the first is there at once, and each is renewed at half of its time. */
export class OauthTokens {
  /** Told when a token cannot be renewed; the one before it is shown further, and the next is asked for a second later. */
  onTrouble: (text: string) => void = () => undefined
  readonly #source: TokenSource
  readonly #key: KeyObject
  readonly #issued: string[] = []
  #timer: NodeJS.Timeout | undefined
  #closed = false

  /** @throws TokenRefused, SecretMissing */
  static async open(source: TokenSource): Promise<OauthTokens> {
    const tokens = new OauthTokens(source)
    await tokens.#renew()
    return tokens
  }

  private constructor(source: TokenSource) {
    this.#source = source
    this.#key = rsaKey(source.privateKey)
  }

  now(): string {
    return this.#issued.at(-1)!
  }

  /** All so far. */
  issued(): readonly string[] {
    return this.#issued
  }

  /** Renews nothing more. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  async #renew(): Promise<void> {
    const { text, goodForMs } = await askForToken(this.#source, this.#key)
    this.#issued.push(text)
    this.#again(goodForMs / 2)
  }

  #again(inMs: number): void {
    if (this.#closed) return
    const renew = (): void => {
      this.#renew().catch((error: Error) => {
        if (!this.#closed) this.onTrouble(error.message)
        this.#again(PAUSE_MS)
      })
    }
    // It holds up no process that has nothing else to do.
    this.#timer = setTimeout(renew, Math.min(Math.max(inMs, PAUSE_MS), RENEWED_WITHIN_MS)).unref()
  }
}

/** @throws SecretMissing */
function rsaKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'rsa') return key
  } catch {
    // What OpenSSL says of it helps nobody.
  }
  throw new SecretMissing(
    'oauth.privateKey: what stands there is no RSA private key in PEM; take the one that was made for the application',
  )
}

async function askForToken(source: TokenSource, key: KeyObject): Promise<Token> {
  const { endpoint } = source
  const assertion = signedAssertion(source, key)
  const { answer, outcome } = await exchangeOnce(endpoint, tokenRequest(assertion), {
    ...source,
    timeoutMs: TIMEOUT_MS,
  })
  if (answer === null)
    throw new TokenRefused(`no token from ${endpoint.origin}: ${reasonOf(outcome)}; is the token endpoint right?`)
  const body = new TextDecoder().decode(answer.body)
  const token = answer.status === 200 ? tokenIn(body) : undefined
  if (token !== undefined) return token
  throw new TokenRefused(`no token from ${endpoint.origin}: it answered ${answer.status} ${shown(body, assertion)}`)
}

function reasonOf({ class: kind, detail }: Outcome): string {
  return detail === '' ? kind : detail
}

function tokenRequest(assertion: string): OutgoingRequest {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: 'tracking_api:write',
  })
  return {
    method: 'POST',
    headers: ['Accept', 'application/json', 'Content-Type', 'application/x-www-form-urlencoded'],
    body: new TextEncoder().encode(form.toString()),
  }
}

/** Says who asks, to whom, and that it was now; signed by RS256. */
function signedAssertion({ clientId, keyId, endpoint }: TokenSource, key: KeyObject): string {
  const nowS = Math.floor(Date.now() / 1000)
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: endpoint.origin + endpoint.pathname.replace(/\/(token)?$/, ''),
    iat: nowS - DATED_BACK_S,
    exp: nowS - DATED_BACK_S + GOOD_FOR_S,
    jti: randomUUID(),
  }
  const signed = [{ alg: 'RS256', typ: 'JWT', kid: keyId }, claims].map(base64Json).join('.')
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`
}

function base64Json(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** Undefined: it is none, or could not be shown in a header. */
function tokenIn(body: string): Token | undefined {
  try {
    const { access_token: text, expires_in: seconds } = JSON.parse(body) as Record<string, unknown>
    if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text)) return undefined
    return typeof seconds === 'number' && seconds > 0 ? { text, goodForMs: seconds * 1000 } : undefined
  } catch {
    return undefined
  }
}

/** An answer without what is nobody's to read. */
function shown(body: string, assertion: string): string {
  const masked = body.replaceAll(assertion, '[secret]').replace(/("access_token"\s*:\s*)"[^"]*"?/g, '$1"[secret]"')
  return masked.length > SHOWN_LENGTH ? `${masked.slice(0, SHOWN_LENGTH)}…` : masked
}
