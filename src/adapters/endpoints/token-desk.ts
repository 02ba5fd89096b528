import { createPublicKey, type KeyObject, randomBytes, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Answer, problem } from '../../partner/answer.ts'
import { PartnerError } from './partner-error.ts'

export interface TokenDeskOptions {
  /** A file with the public key, in PEM, of whoever may ask for tokens. */
  readonly publicKey: string
  /** How long a token is good, in milliseconds. */
  readonly tokenLifeMs: number
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const SCOPE = 'tracking_api:write'
const ASSERTION_LIFE_S_MAX = 60
/** Clocks differ a little. */
const LEEWAY_S = 5

/** Gives out OAuth tokens to whoever signs for them with RS256, as Segment does at `POST /token`. */
export class TokenDesk {
  readonly #key: KeyObject
  readonly #lifeMs: number
  /** Until when each token is good, in epoch milliseconds. */
  readonly #tokens = new Map<string, number>()
  /** Assertions that were used, which are good once. */
  readonly #used = new Map<string, number>()

  /** @throws PartnerError when the key cannot be read */
  constructor({ publicKey, tokenLifeMs }: TokenDeskOptions) {
    this.#key = readKey(publicKey)
    this.#lifeMs = tokenLifeMs
  }

  /** Answers a request for a token. @param form its body */
  answer(form: string, nowMs: number): Answer {
    const asked = new URLSearchParams(form)
    if (asked.get('grant_type') !== 'client_credentials')
      return refused('unsupported_grant_type', 'write client_credentials')
    if (asked.get('client_assertion_type') !== ASSERTION_TYPE)
      return refused('invalid_request', `client_assertion_type is not ${ASSERTION_TYPE}`)
    if (asked.get('scope') !== SCOPE) return refused('invalid_scope', `scope is not ${SCOPE}`)
    const complaint = this.#complaintAbout(asked.get('client_assertion') ?? '', nowMs)
    if (complaint !== undefined) return refused('invalid_client', complaint)
    return said(200, {
      access_token: this.#newToken(nowMs),
      token_type: 'Bearer',
      scope: SCOPE,
      expires_in: this.#lifeMs / 1000,
    })
  }

  /** Whether an `Authorization: Bearer` shows a token that is good. */
  knows(authorization: string, nowMs: number): boolean {
    const [, token = ''] = /^bearer +(\S+)$/i.exec(authorization) ?? []
    return nowMs < (this.#tokens.get(token) ?? 0)
  }

  #newToken(nowMs: number): string {
    const token = randomBytes(24).toString('base64url')
    forget(this.#tokens, nowMs)
    this.#tokens.set(token, nowMs + this.#lifeMs)
    return token
  }

  #complaintAbout(assertion: string, nowMs: number): string | undefined {
    const [head = '', claims = '', signature = ''] = assertion.split('.')
    if (jsonIn(head).alg !== 'RS256') return 'the assertion is no JWT of RS256'
    const signed = Buffer.from(`${head}.${claims}`)
    if (!verify('RSA-SHA256', signed, this.#key, Buffer.from(signature, 'base64url'))) return 'the signature is wrong'
    return this.#complaintAboutClaims(jsonIn(claims), nowMs)
  }

  #complaintAboutClaims({ iss, sub, exp, jti }: Record<string, unknown>, nowMs: number): string | undefined {
    if (typeof iss !== 'string' || iss === '' || iss !== sub) return 'iss and sub are not the id of the client'
    const leftS = Number(exp) - nowMs / 1000
    if (!(leftS > -LEEWAY_S)) return 'exp is past'
    if (leftS > ASSERTION_LIFE_S_MAX + LEEWAY_S) return `exp is more than ${ASSERTION_LIFE_S_MAX} s away`
    if (typeof jti !== 'string' || jti === '') return 'jti is missing'
    if (this.#used.has(jti)) return 'this jti was used before'
    forget(this.#used, nowMs)
    this.#used.set(jti, (Number(exp) + LEEWAY_S) * 1000)
    return undefined
  }
}

/** What passed stands in front, more or less: what lives equally long is in order. */
function forget(untilMs: Map<string, number>, nowMs: number): void {
  for (const [name, endMs] of untilMs) {
    if (endMs > nowMs) return
    untilMs.delete(name)
  }
}

function readKey(path: string): KeyObject {
  try {
    return createPublicKey(readFileSync(path))
  } catch {
    throw new PartnerError(
      `--oauth-key: ${path} is no public key in PEM that can be read: openssl rsa -pubout makes one`,
    )
  }
}

function jsonIn(part: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(Buffer.from(part, 'base64url').toString()))
  } catch {
    return {}
  }
}

function refused(error: string, description: string): Answer {
  return said(400, { error, error_description: description })
}

function said(status: number, json: object): Answer {
  return {
    ...problem(status, ''),
    headers: ['content-type', 'application/json', 'cache-control', 'no-store'],
    body: JSON.stringify(json),
  }
}
