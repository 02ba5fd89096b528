import { generateKeyPairSync, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { OauthTokens } from '../../src/adapters/oauth-tokens.ts'
import { knownError } from '../../src/cli/known-error.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const open: { close(): unknown }[] = []
afterEach(() => {
  for (const thing of open.splice(0)) thing.close()
})

/** What a request for a token said. */
interface Asked {
  readonly form: URLSearchParams
  readonly head: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly signed: boolean
}

type Reply = (nth: number, asked: Asked, response: ServerResponse) => void

/** A token endpoint that looks at each assertion. */
async function endpoint(
  reply: Reply,
): Promise<{ readonly url: URL; readonly asked: Asked[]; readonly at: (nth: number) => Promise<void> }> {
  const asked: Asked[] = []
  const waiting: (() => void)[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    asked.push(readForm(Buffer.concat(chunks).toString()))
    reply(asked.length, asked.at(-1)!, response)
    for (const wake of waiting.splice(0)) wake()
  })
  server.listen(0, '127.0.0.1')
  open.push(server)
  await once(server, 'listening')
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/token`)
  const at = async (nth: number): Promise<void> => {
    while (asked.length < nth) await new Promise<void>((wake) => waiting.push(wake))
  }
  return { url, asked, at }
}

function readForm(text: string): Asked {
  const form = new URLSearchParams(text)
  const [head = '', claims = '', signature = ''] = (form.get('client_assertion') ?? '').split('.')
  const signed = verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))
  return { form, head: jsonIn(head), claims: jsonIn(claims), signed }
}

const jsonIn = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
const given = (token: string, seconds: number) =>
  JSON.stringify({ access_token: token, expires_in: seconds, token_type: 'Bearer' })

async function tokensFrom(url: URL, key = PEM): Promise<OauthTokens> {
  const tokens = await OauthTokens.open({ endpoint: url, clientId: 'client-1', keyId: 'key-1', privateKey: key })
  open.push(tokens)
  return tokens
}

describe('a token', () => {
  it('is asked for with an assertion that the key signed, good for less than a minute and for this endpoint alone', async () => {
    const { url, asked } = await endpoint((_, __, response) => response.end(given('t1', 3600)))
    expect((await tokensFrom(url)).now()).toBe('t1')
    const { form, head, claims, signed } = asked[0]!
    expect(signed).toBe(true)
    expect(head).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' })
    expect(claims).toMatchObject({ iss: 'client-1', sub: 'client-1', aud: url.origin })
    expect(Number(claims.exp) - Number(claims.iat)).toBeLessThan(60)
    expect(Number(claims.exp) * 1000).toBeGreaterThan(Date.now())
    expect(form.get('grant_type')).toBe('client_credentials')
    expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    expect(form.get('scope')).toBe('tracking_api:write')
  })

  it('is renewed before it ends, with an assertion of its own, and again after a failure', async () => {
    const troubles: string[] = []
    const server = await endpoint((nth, _, response) => {
      if (nth === 2) response.statusCode = 503
      response.end(nth === 2 ? 'busy' : given(`t${nth}`, 2))
    })
    const tokens = await tokensFrom(server.url)
    tokens.onTrouble = (text) => troubles.push(text)
    await server.at(2)
    expect(tokens.now()).toBe('t1')
    await server.at(4)
    expect(troubles).toEqual([expect.stringMatching(/answered 503 busy/)])
    expect(tokens.issued()).toEqual(['t1', 't3'])
    expect(new Set(server.asked.map(({ claims }) => claims.jti)).size).toBe(4)
  })
})

describe('a token endpoint that gives none', () => {
  async function refusal(reply: Reply): Promise<{ readonly message: string; readonly exitCode: number | undefined }> {
    const { url } = await endpoint(reply)
    const error = await tokensFrom(url).then(
      () => new Error('a token came'),
      (reason: Error) => reason,
    )
    return { message: error.message, exitCode: knownError(error)?.exitCode }
  }

  it('ends the run before it begins, with what it answered', async () => {
    const answer = '{"error":"invalid_client","error_description":"unknown key"}'
    const { message, exitCode } = await refusal((_, __, response) => response.writeHead(401).end(answer))
    expect(message).toMatch(/no token from http:\/\/127\.0\.0\.1:\d+: it answered 401 \{"error":"invalid_client"/)
    expect(exitCode).toBe(5)
  })

  it.each<[string, string]>([
    ['no JSON', 'fine'],
    ['no life', '{"access_token":"hidden-token"}'],
    ['a token that no header can hold', '{"access_token":"a\\r\\nX: b","expires_in":60}'],
  ])('is one too where it answers 200 with %s', async (_, body) => {
    const { message, exitCode } = await refusal((_nth, __, response) => response.end(body))
    expect(message).toMatch(/it answered 200/)
    expect(message).not.toContain('hidden-token')
    expect(exitCode).toBe(5)
  })

  it('tells nobody the assertion that it says back, nor more than fits a line', async () => {
    const { message } = await refusal((_, { form }, response) =>
      response.writeHead(400).end(`${form.get('client_assertion')} ${'x'.repeat(60_000)}`),
    )
    expect(message).toMatch(/answered 400 \[secret\] x+…$/)
    expect(message.length).toBeLessThan(700)
  })

  it('may be no endpoint at all', async () => {
    await expect(tokensFrom(new URL('http://127.0.0.1:1/token'))).rejects.toMatchObject({
      name: 'TokenRefused',
      message: expect.stringMatching(/no token from http:\/\/127\.0\.0\.1:1: .*refused/i),
    })
  })
})

describe('a private key that is none', () => {
  it.each([
    ['no PEM', 'secret-text'],
    [
      'a key of another kind',
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ],
  ])('(%s) is named by its place, and not shown', async (_, pem) => {
    const error: Error = await tokensFrom(new URL('http://127.0.0.1:1/token'), pem).then(
      () => new Error(),
      (reason) => reason,
    )
    expect(error.message).toMatch(/^oauth\.privateKey: /)
    expect(error.message).not.toContain(pem)
    expect(knownError(error)?.exitCode).toBe(2)
  })
})
